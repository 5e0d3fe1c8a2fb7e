import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { bundleText, compileBundle, typesText } from '../../compile/index.ts';
import { counted } from '../../report/paint.ts';
import { writeFileAtomic } from '../../store/index.ts';
import { staticCounter } from '../../tokens/prompt/index.ts';
import type { Command } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT, usage } from '../exit.ts';
import { experimentsOf } from '../experiments.ts';
import { stopOnErrors } from '../stop-on-errors.ts';
import { openWorkspace } from '../workspace.ts';

interface CompileReport {
  readonly files: readonly { readonly path: string; readonly state: 'written' | 'fresh' | 'stale' | 'missing' }[];
  readonly prompts: number;
  readonly digest: string;
  readonly version: string;
}

export const command: Command = {
  formats: ['pretty', 'json'],
  options: [
    { flags: '--out <file>', description: 'the bundle; by default compile.out of promptctl.yaml' },
    { flags: '--types <language>', description: 'write types beside the bundle', choices: ['ts'] },
    { flags: '--check', description: 'write nothing; fail when a file on disk is stale' },
    { flags: '--allow-empty', description: 'no prompt is no failure' },
  ],
  examples: [
    { command: 'promptctl compile', description: 'write the bundle that promptctl.yaml names' },
    {
      command: 'promptctl compile --out dist/prompts.json --types ts',
      description: 'with types for TypeScript beside it',
    },
    { command: 'promptctl compile --check', description: 'in CI: is the committed bundle fresh?' },
  ],
  run: async (context) => {
    const opened = openWorkspace(context, []);
    const checked = await stopOnErrors(context, opened);
    if ('exit' in checked) return checked.exit;
    const { config, folder } = opened;
    const bundle = compileBundle(checked.prompts, {
      ...(config.version === undefined ? {} : { version: config.version }),
      countStatic: staticCounter,
      experiments: experimentsOf(folder),
    });
    const out = context.options.text('out') ?? config.compile.out;
    if (out === '') throw usage('--out needs a file');
    const types = context.options.text('types') ?? config.compile.types[0];
    const base = context.options.text('out') === undefined ? folder : context.cwd;
    const outputs = [
      { path: out, text: bundleText(bundle) },
      ...(types === 'ts' ? [{ path: out.replace(/(?:\.json)?$/, '.d.ts'), text: typesText(bundle) }] : []),
    ];
    const isCheck = context.options.flag('check');
    const files = outputs.map(({ path, text }) => {
      const full = resolve(base, path);
      const before = textAt(full, path);
      if (before === text) return { path, state: 'fresh' as const };
      if (isCheck) return { path, state: before === undefined ? ('missing' as const) : ('stale' as const) };
      writeFileAtomic(full, text);
      return { path, state: 'written' as const };
    });
    const report: CompileReport = {
      files,
      prompts: checked.prompts.length,
      digest: bundle.digest,
      version: bundle.version,
    };
    emit(
      context,
      report,
      {
        pretty,
        json: (made) =>
          envelope('compile', folder, {
            summary: { prompts: made.prompts, bundle: made.version, digest: made.digest },
            files: made.files,
          }),
      },
      'pretty',
    );
    const stale = files.some(({ state }) => state === 'stale' || state === 'missing');
    if (stale) context.terminal.note('Run `promptctl compile` and commit what it writes.\n');
    return stale ? EXIT.findings : EXIT.fine;
  },
};

/** What stands at a path already. @throws PromptctlError `usage` for a folder. */
function textAt(full: string, path: string): string | undefined {
  if (!existsSync(full)) return undefined;
  if (statSync(full).isDirectory()) throw usage(`${path} is a folder`, 'name a file with --out <file>');
  return readFileSync(full, 'utf8');
}

function pretty({ files, prompts, version, digest }: CompileReport): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  const lines = files.map(({ path, state }) => `${path.padEnd(width)}  ${state}\n`);
  return `${lines.join('')}${counted(prompts, 'prompt')}, bundle ${version}, ${digest.slice(0, 21)}\n`;
}
