import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Converted, type ImportReport, importPrompts, type PlacedNote, type Refused } from '../import/index.ts';
import { counted } from '../report/paint.ts';
import { writeFileAtomic } from '../store/index.ts';
import { CONFIG_FILE, diskSource, findConfig } from '../workspace/index.ts';
import type { Context } from './command.ts';
import { emit, envelope } from './emit.ts';
import { EXIT, usage } from './exit.ts';

/** What `init --from` did with each prompt of another tool. Paths are relative to the working folder. */
interface FromReport {
  readonly folder: string;
  readonly files: readonly (Pick<Converted, 'from' | 'format' | 'path' | 'variants' | 'notes'> & {
    readonly state: State;
  })[];
  readonly refused: readonly Refused[];
  readonly partials: readonly string[];
  readonly config: string | undefined;
}

type State = 'written' | 'would be written' | 'same' | 'kept';

const ROOT = 'prompts';
const CONFIG = `prompts: ["${ROOT}/**/*.prompt.{yml,yaml}"]\nroot: ${ROOT}\n`;

/** Converts the prompts of another tool into a workspace. The originals stay, and so does whatever stands where a prompt would go. */
export function initFrom(context: Context, from: string): number {
  const origin = resolve(context.cwd, from);
  if (!statSync(origin, { throwIfNoEntry: false })?.isDirectory())
    throw usage(`${from} is no folder`, 'name the folder that holds the prompts');
  const folder = resolve(context.cwd, context.args[0] ?? '.');
  const found = importPrompts(diskSource(origin));
  if (found.converted.length + found.refused.length === 0)
    throw usage(
      `There is no prompt of another tool in ${from}`,
      'read are GitHub Models (*.prompt.yml), dotprompt (*.prompt) and Prompty (*.prompty)',
    );
  const report = written(found, { origin, folder, cwd: context.cwd, isDry: context.options.flag('dryRun') });
  const count = (state: State): number => report.files.filter((file) => file.state === state).length;
  emit(
    context,
    report,
    {
      pretty,
      json: ({ files, refused, partials }) =>
        envelope('init-from', folder, {
          summary: { converted: files.length, written: count('written'), kept: count('kept'), refused: refused.length },
          files,
          refused,
          partials,
        }),
    },
    'pretty',
  );
  return report.refused.length + count('kept') > 0 ? EXIT.findings : EXIT.fine;
}

function written(
  { converted, refused, partials }: ImportReport,
  {
    origin,
    folder,
    cwd,
    isDry,
  }: { readonly origin: string; readonly folder: string; readonly cwd: string; readonly isDry: boolean },
): FromReport {
  const shown = (path: string): string => relative(cwd, path).replaceAll('\\', '/') || '.';
  const root = existsSync(join(folder, CONFIG_FILE)) ? findConfig(folder, undefined).config.root : ROOT;
  const place = <T extends { readonly from: string }>(file: T): T => ({
    ...file,
    from: shown(join(origin, file.from)),
  });
  const files = converted.map(({ text, path, format, from, variants, notes }) => {
    const to = join(folder, root, path);
    return {
      from: shown(join(origin, from)),
      format,
      path: shown(to),
      state: write(to, text, isDry),
      variants: variants.map(place),
      notes: notes.map((note) => ({ ...note, file: shown(join(origin, note.file)) })),
    };
  });
  const config = join(folder, CONFIG_FILE);
  const isNew = files.length > 0 && !existsSync(config);
  if (isNew && !isDry) writeFileAtomic(config, CONFIG);
  return {
    folder: shown(folder),
    files,
    refused: refused.map(place),
    partials: partials.map((path) => shown(join(origin, path))),
    config: isNew ? shown(config) : undefined,
  };
}

/** Writes a file that is not there; a link may lead nowhere, and stands there all the same. */
function write(path: string, text: string, isDry: boolean): State {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found) return found.isFile() && readFileSync(path, 'utf8') === text ? 'same' : 'kept';
  if (isDry) return 'would be written';
  writeFileAtomic(path, text);
  return 'written';
}

const WORDS: Readonly<Record<State, string>> = {
  written: 'written',
  'would be written': 'would be written',
  same: 'there already',
  kept: 'kept: another file stands there',
};
const KINDS: Readonly<Record<PlacedNote['kind'], string>> = {
  trust: 'trusted',
  fence: 'no fence',
  lost: 'left out',
  changed: 'changed',
};

function pretty({ folder, files, refused, config }: FromReport): string {
  const lines = files.flatMap(({ from, path, state, variants, notes }) => [
    `${path}  ${WORDS[state]}, from ${[from, ...variants.map((variant) => variant.from)].join(' and ')}`,
    ...notes.map(
      ({ kind, file, line, column, message }) => `  ${KINDS[kind].padEnd(8)}  ${file}:${line}:${column}  ${message}`,
    ),
  ]);
  if (config !== undefined) lines.push(`${config}  written`);
  if (refused.length > 0)
    lines.push(
      '',
      'Not converted:',
      ...refused.map(({ from, line, column, reason }) => `  ${from}:${line}:${column}  ${reason}`),
    );
  const kept = files.filter(({ state }) => state === 'kept').length;
  lines.push(
    '',
    `${counted(files.length - kept, 'prompt')} converted, ${refused.length + kept} not. The originals are as they were.`,
  );
  if (files.length > kept)
    lines.push('', 'Next:', ...(folder === '.' ? [] : [`  cd ${folder}`]), '  promptctl lint', '  promptctl tokens');
  return `${lines.join('\n')}\n`;
}
