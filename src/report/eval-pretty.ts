import type { EvalReport } from '../eval/index.ts';
import {
  comparisonLine,
  countsLine,
  dollars,
  excerptLine,
  gateLine,
  percent,
  rateLine,
  VERDICTS,
  whyLine,
} from './eval-words.ts';
import { grouped, type Paint, paint, printable } from './paint.ts';

/** Most failures that a terminal is told of; the run's files have them all. */
const MOST_FAILURES = 20;

export function* prettyEval(report: EvalReport, options: { readonly color: boolean }): Iterable<string> {
  const colors = paint(options.color);
  const { summary, baseline, latencies } = report;
  yield* failures(report, colors);
  for (const { promptId, evaluator, samples, passed, mean, borderline, flipped } of summary.evaluators) {
    const doubts = `${borderline ? `, ${borderline} borderline` : ''}${flipped ? `, ${percent(flipped / samples)} decided by the order` : ''}`;
    yield `${promptId}  ${evaluator}: ${passed} of ${samples}, mean ${Number(mean.toFixed(3))}${doubts}\n`;
  }
  if (summary.evaluators.length > 0) yield '\n';
  if (baseline) yield* compared(baseline, colors);
  for (const gate of report.gates) yield `${printable(gateLine(gate))}\n`;
  const isGood = report.verdict === 'pass';
  yield `${colors.bold(isGood ? colors.good(VERDICTS[report.verdict]) : colors.bad(VERDICTS[report.verdict]))}  ${countsLine(report)}`;
  const rate = rateLine(report);
  yield rate === '' ? '\n' : `  ${rate}\n`;
  const cost = summary.costUsd === undefined ? '' : `, ${dollars(summary.costUsd)}`;
  const p = latencies.find(({ side }) => side === 'new');
  yield `${grouped(summary.inputTokens)} tokens in, ${grouped(summary.outputTokens)} out${cost}${p ? `, p50 ${Math.round(p.p50Ms)} ms, p95 ${Math.round(p.p95Ms)} ms` : ''}\n`;
}

function* failures(report: EvalReport, colors: Paint): Iterable<string> {
  let shown = 0;
  let left = 0;
  for (const { result } of report.outcomes()) {
    if (result.status === 'passed') continue;
    if (++shown > MOST_FAILURES) {
      left++;
      continue;
    }
    const mark = result.status === 'failed' ? colors.bad('failed') : colors.severity('warning', 'error ');
    yield `${mark} ${colors.bold(printable(result.promptId))} ${printable(result.name)} ${colors.dim(result.id)}\n       ${printable(excerptLine(whyLine(result), 200))}\n`;
    if (result.output !== undefined) yield `       ${colors.dim(`> ${printable(excerptLine(result.output))}`)}\n`;
  }
  if (left > 0) yield `... and ${left} more\n`;
  if (shown > 0) yield '\n';
}

function* compared(
  { ref, unchanged, added, newOnly, comparisons, sides }: NonNullable<EvalReport['baseline']>,
  colors: Paint,
): Iterable<string> {
  yield `${colors.bold(`against ${ref}`)}\n`;
  if (unchanged.length > 0) yield `unchanged: ${unchanged.join(', ')}\n`;
  if (added.length > 0) yield `new: ${added.join(', ')}\n`;
  if (newOnly.length > 0) yield `${newOnly.length} tests that the old version can't render\n`;
  if (comparisons.length === 0) yield 'nothing to compare\n';
  for (const comparison of comparisons) yield `${comparisonLine(comparison)}\n`;
  if (sides) {
    yield `${''.padEnd(14)}${'old'.padStart(12)}${'new'.padStart(12)}\n`;
    yield row('quality', percent(sides.old.passRate), percent(sides.new.passRate));
    yield row('tokens in', grouped(sides.old.inputTokens), grouped(sides.new.inputTokens));
    yield row('tokens out', grouped(sides.old.outputTokens), grouped(sides.new.outputTokens));
    if (sides.old.costUsd !== undefined && sides.new.costUsd !== undefined)
      yield row('cost', dollars(sides.old.costUsd), dollars(sides.new.costUsd));
  }
  yield '\n';
}

function row(name: string, old: string, now: string): string {
  return `${name.padEnd(14)}${old.padStart(12)}${now.padStart(12)}\n`;
}
