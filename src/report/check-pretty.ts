import { type CheckReport, type Gate, verdictOf } from './check-view.ts';
import { prettyDiff } from './diff-pretty.ts';
import { paint, type Paint, printable } from './paint.ts';

/** Every gate on a line, with what fails under it; then what changed. */
export function prettyCheck(report: CheckReport, options: { readonly color: boolean; readonly width: number }): string {
  const colors = paint(options.color);
  const lines = report.gates.flatMap((gate) => [
    `${paintState(gate, colors)} ${gate.name.padEnd(9)} ${printable(gate.summary)}`,
    ...gate.details.map((detail) => `               ${detail.split('\n').map(printable).join('\n               ')}`),
    ...(gate.hint === undefined ? [] : [`               ${colors.dim(gate.hint)}`]),
  ]);
  const changes = report.diff && report.diff.report.changes.length > 0 ? `\n${prettyDiff(report.diff, options)}` : '';
  const verdict = verdictOf(report);
  const words = verdict === 'pass' ? colors.good('PASS') : colors.bad(verdict.toUpperCase());
  return `${lines.join('\n')}\n${changes}\n${words}\n`;
}

function paintState({ state }: Gate, colors: Paint): string {
  const word = state.padEnd(7);
  if (state === 'pass') return colors.good(word);
  if (state === 'warn') return colors.severity('warning', word);
  return state === 'skip' ? colors.dim(word) : colors.bad(word);
}
