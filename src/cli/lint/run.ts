import type { LintResult } from '../../lint/index.ts';
import type { Context } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Opened } from '../workspace.ts';
import { fix } from './fix.ts';
import { emitLint } from './formats.ts';
import { openLint } from './open.ts';
import { lintSelected } from './selected.ts';
import { quieted, suppressionsFile, updatedSuppressions } from './suppressions-file.ts';
import { type Looked, lintWhole } from './whole.ts';

/** One run from the files to the report. */
export interface LintRun extends Looked {
  readonly exitCode: number;
}

export async function runLint(context: Context, maxWarnings: number): Promise<LintRun> {
  const { options } = context;
  const isWhole =
    context.args.length === 0 && !options.flag('stdin') && !options.flag('staged') && !options.has('since');
  const isUpdate = options.flag('updateSuppressions');
  const isFix = options.flag('fix') || options.flag('fixUnsafe');
  const known = isWhole && !isFix ? lintWhole(context) : undefined;
  const found = known?.opened ?? (await openLint(context));
  const files = known?.files ?? found.selected.map(({ file }) => file);
  const scope = { isWhole, files: new Set(files) };
  const suppressions = suppressionsFile(context, found);
  const all = known ? () => known.result : lintSelected;
  // What is to be quieted anew is mended first, as far as it can be.
  const lintOf = (opened: Opened): LintResult =>
    isUpdate ? all(opened) : quieted(all(opened), suppressions, opened, scope);
  const fixed = isFix ? await fix(context, found, lintOf) : undefined;
  const opened = fixed?.opened ?? found;
  const spoken = lintOf(opened);
  const result = isUpdate
    ? quieted(spoken, updatedSuppressions(context, spoken, suppressions, scope), opened, scope)
    : spoken;
  const looked: Looked = { opened, files, result };
  if (options.flag('diff')) {
    return { ...looked, exitCode: fixed!.changed.length > 0 ? EXIT.findings : EXIT.fine };
  }
  if (fixed && fixed.count > 0)
    context.terminal.note(
      `${fixed.count} fixed in ${fixed.changed.length} file${fixed.changed.length === 1 ? '' : 's'}.\n`,
    );
  emitLint(context, looked);
  return { ...looked, exitCode: exitOf(result, maxWarnings) };
}

function exitOf(result: LintResult, maxWarnings: number): number {
  const warnings = result.findings.filter(({ severity }) => severity === 'warning').length;
  if (result.unreadable) return EXIT.unreadable;
  const failed = result.findings.some(({ severity }) => severity === 'error') || warnings > maxWarnings;
  return failed ? EXIT.findings : EXIT.fine;
}
