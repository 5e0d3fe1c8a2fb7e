import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import {
  type Baseline,
  type BaselineScope,
  baselineText,
  type LintResult,
  parseBaseline,
  withBaseline,
} from '../../lint/index.ts';
import { PromptctlError } from '../../model/index.ts';
import { counted } from '../../report/paint.ts';
import { writeFileAtomic } from '../../store/index.ts';
import type { Context } from '../command.ts';
import { usage } from '../exit.ts';
import type { Opened } from '../workspace.ts';

const DEFAULT_FILE = '.promptctl-suppressions.json';

/** The suppressions file of a run: where it is, and what it says where it is there. */
export interface SuppressionsFile {
  readonly path: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly baseline: Baseline | undefined;
}

/** @throws PromptctlError `usage` where a file is named that is not there, `config` where it is something else */
export function suppressionsFile(context: Context, opened: Opened): SuppressionsFile {
  const { options, cwd } = context;
  const named = options.text('suppressions');
  const path = named === undefined ? resolve(opened.folder, DEFAULT_FILE) : resolve(cwd, named);
  const file = relative(opened.folder, path).split(sep).join('/');
  const text = options.flag('staged') ? opened.workspace.textOf(file) : read(path, file);
  if (text === undefined && named !== undefined && !options.flag('updateSuppressions'))
    throw usage(`There is no file ${named}`, 'write it with --update-suppressions');
  return { path, file, baseline: text === undefined ? undefined : parseBaseline(file, text) };
}

/** The result without what the file quiets, and with a finding for each entry that quiets nothing. */
export function quieted(
  result: LintResult,
  { baseline }: SuppressionsFile,
  { config }: Opened,
  scope: BaselineScope,
): LintResult {
  return baseline ? withBaseline(result, baseline, config, scope) : result;
}

/** Writes the file anew: all that is found now is quieted, and entries that found nothing are out. */
export function updatedSuppressions(
  context: Context,
  result: LintResult,
  { path, file, baseline: earlier }: SuppressionsFile,
  scope: BaselineScope,
): SuppressionsFile {
  const text = baselineText(result.findings, scope, earlier);
  const baseline = parseBaseline(file, text);
  const count = baseline.entryByFingerprint.size;
  if (text !== earlier?.text && (earlier || count > 0)) writeFileAtomic(path, text);
  context.terminal.note(`${file} quiets ${counted(count, 'finding')}.\n`);
  return { path, file, baseline };
}

function read(path: string, file: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new PromptctlError('unreadable', `${file} can't be read (${code ?? String(cause)})`, { cause });
  }
}
