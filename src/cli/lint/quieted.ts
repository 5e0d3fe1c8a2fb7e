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

/**
 * The result without what the suppressions file quiets. With --update-suppressions the file is written first: all that is found now is
 * quieted, and entries that found nothing are out.
 */
export function quieted(context: Context, opened: Opened, result: LintResult, isWhole: boolean): LintResult {
  const named = context.options.text('suppressions');
  const path = named === undefined ? resolve(opened.folder, DEFAULT_FILE) : resolve(context.cwd, named);
  const file = relative(opened.folder, path).split(sep).join('/');
  const text = context.options.flag('staged') ? opened.workspace.textOf(file) : read(path, file);
  const update = context.options.flag('updateSuppressions');
  if (text === undefined && named !== undefined && !update)
    throw usage(`There is no file ${named}`, 'write it with --update-suppressions');
  const earlier = text === undefined ? undefined : parseBaseline(file, text);
  const scope = { isWhole, files: new Set(opened.selected.map(({ file: prompt }) => prompt)) };
  const baseline = update ? updated(context, path, file, result, scope, earlier) : earlier;
  return baseline ? withBaseline(result, baseline, opened.workspace, scope) : result;
}

function updated(
  context: Context,
  path: string,
  file: string,
  result: LintResult,
  scope: BaselineScope,
  earlier: Baseline | undefined,
): Baseline {
  const text = baselineText(result.findings, scope, earlier);
  const baseline = parseBaseline(file, text);
  const count = baseline.entryByFingerprint.size;
  if (text !== earlier?.text && (earlier || count > 0)) writeFileAtomic(path, text);
  context.terminal.note(`${file} quiets ${counted(count, 'finding')}.\n`);
  return baseline;
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
