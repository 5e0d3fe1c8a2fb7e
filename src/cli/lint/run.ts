import type { LintResult } from '../../lint/index.ts';
import type { Context } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Opened } from '../workspace.ts';
import { fix } from './fix.ts';
import { emitLint } from './formats.ts';
import { openLint } from './open.ts';
import { lintSelected } from './selected.ts';
import { quieted, suppressionsFile, updatedSuppressions } from './suppressions-file.ts';

/** One run from the files to the report. */
export interface LintRun {
  readonly opened: Opened;
  readonly result: LintResult;
  readonly exitCode: number;
}

export async function runLint(context: Context, maxWarnings: number): Promise<LintRun> {
  const { options } = context;
  const found = await openLint(context);
  const isWhole =
    context.args.length === 0 && !options.flag('stdin') && !options.flag('staged') && !options.has('since');
  const suppressions = suppressionsFile(context, found);
  const isUpdate = options.flag('updateSuppressions');
  // What is to be quieted anew is mended first, as far as it can be.
  const lintOf = (opened: Opened): LintResult =>
    isUpdate ? lintSelected(opened) : quieted(lintSelected(opened), suppressions, opened, isWhole);
  const fixed = options.flag('fix') || options.flag('fixUnsafe') ? await fix(context, found, lintOf) : undefined;
  const opened = fixed?.opened ?? found;
  const spoken = lintOf(opened);
  const result = isUpdate
    ? quieted(spoken, updatedSuppressions(context, spoken, suppressions, opened, isWhole), opened, isWhole)
    : spoken;
  if (options.flag('diff')) {
    return { opened, result, exitCode: fixed!.changed.length > 0 ? EXIT.findings : EXIT.fine };
  }
  if (fixed && fixed.count > 0)
    context.terminal.note(
      `${fixed.count} fixed in ${fixed.changed.length} file${fixed.changed.length === 1 ? '' : 's'}.\n`,
    );
  emitLint(context, opened, result);
  return { opened, result, exitCode: exitOf(result, maxWarnings) };
}

function exitOf(result: LintResult, maxWarnings: number): number {
  const warnings = result.findings.filter(({ severity }) => severity === 'warning').length;
  if (result.unreadable) return EXIT.unreadable;
  const failed = result.findings.some(({ severity }) => severity === 'error') || warnings > maxWarnings;
  return failed ? EXIT.findings : EXIT.fine;
}
