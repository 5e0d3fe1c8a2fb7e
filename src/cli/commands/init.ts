import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { writeFileAtomic } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT, usage } from '../exit.ts';
import { packageFolder } from '../package-root.ts';

interface InitReport {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly state: 'written' | 'kept' | 'same' }[];
}

const TEMPLATES = ['support-desk'];

export const command: Command = {
  arguments: [{ name: '[dir]', description: 'the folder; by default the working folder' }],
  formats: ['pretty', 'json'],
  options: [
    {
      flags: '--from <folder>',
      description: 'convert the prompts of GitHub Models, dotprompt or Prompty in a folder instead',
    },
    { flags: '--dry-run', description: 'with --from: say what would be written, and write nothing' },
    { flags: '--template <name>', description: 'what to begin with', choices: TEMPLATES, default: TEMPLATES[0]! },
  ],
  examples: [
    {
      command: 'promptctl init',
      description: 'a support desk: three prompts, a partial, tests, an app, editor and CI files',
    },
    { command: 'promptctl init prompts-repo', description: 'in a new folder' },
    { command: 'promptctl init --from src/prompts', description: 'begin with the prompts that another tool has there' },
  ],
  run: async (context) => {
    if (context.args.length > 1) throw usage('init takes one folder');
    const from = context.options.text('from');
    if (from !== undefined) {
      const { initFrom } = await import('../init-from.ts');
      return initFrom(context, from);
    }
    if (context.options.flag('dryRun'))
      throw usage('--dry-run goes with --from', 'without it, init never touches a file that is there');
    const folder = resolve(context.cwd, context.args[0] ?? '.');
    const template = join(packageFolder('templates'), context.options.text('template') ?? TEMPLATES[0]!);
    const files = filesUnder(template).map((path) => ({
      path,
      state: copied(join(template, path), join(folder, path)),
    }));
    const report: InitReport = { folder: relative(context.cwd, folder) || '.', files };
    emit(
      context,
      report,
      { pretty, json: (made) => envelope('init', folder, { summary: countStates(made), files: made.files }) },
      'pretty',
    );
    const { nameGitDriver } = await import('../git-driver-setup.ts');
    if (nameGitDriver(folder))
      context.terminal.note('git diff speaks of prompts in this clone (git config diff.promptctl.command).\n');
    return EXIT.fine;
  },
};

/** Writes a file that is not there; what stands there already is never touched. */
function copied(from: string, to: string): 'written' | 'kept' | 'same' {
  const text = readFileSync(from);
  const found = lstatSync(to, { throwIfNoEntry: false });
  // A link may lead nowhere, and stands there all the same.
  if (found) return found.isFile() && readFileSync(to).equals(text) ? 'same' : 'kept';
  writeFileAtomic(to, text);
  return 'written';
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function countStates({ files }: InitReport): { written: number; kept: number; same: number } {
  const count = (state: string): number => files.filter((file) => file.state === state).length;
  return { written: count('written'), kept: count('kept'), same: count('same') };
}

const WORDS = { written: 'written', kept: 'kept: yours stands there', same: 'there already' };

function pretty(report: InitReport): string {
  const width = Math.max(...report.files.map(({ path }) => path.length));
  const lines = report.files.map(({ path, state }) => `${path.padEnd(width)}  ${WORDS[state]}\n`);
  const enter = report.folder === '.' ? '' : `  cd ${report.folder}\n`;
  return `${lines.join('')}\nNext:\n${enter}  promptctl lint\n  promptctl tokens\n  promptctl render support/triage --row 1\n  promptctl compile\n`;
}
