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

const MOST_FAILURES = 20;

/** A comment on a pull request. Its first line marks it, so that the next run can replace it rather than add another. */
export function* markdownEval(report: EvalReport): Iterable<string> {
  const { baseline, summary } = report;
  yield `<!-- promptctl eval -->\n### Eval ${VERDICTS[report.verdict]}: ${countsLine(report)}\n\n`;
  const rate = rateLine(report);
  if (rate !== '')
    yield `Pass rate ${rate}${summary.costUsd === undefined ? '' : `, cost ${dollars(summary.costUsd)}`}.\n\n`;
  if (baseline) yield* compared(baseline);
  for (const gate of report.gates) yield `- ${cell(gateLine(gate))}\n`;
  for (const note of report.notes) yield `- ${cell(note)}\n`;
  for (const { provider, message } of report.dead) yield `- ${cell(provider)}: ${cell(message)}\n`;
  if (summary.evaluators.length > 0) {
    yield '\n| prompt | evaluator | passed | mean |\n| --- | --- | --- | --- |\n';
    for (const { promptId, evaluator, passed, samples, mean } of summary.evaluators) {
      yield `| ${cell(promptId)} | ${cell(evaluator)} | ${passed} of ${samples} | ${Number(mean.toFixed(3))} |\n`;
    }
  }
  yield* failures(report);
}

function* compared({
  ref,
  commit,
  unchanged,
  added,
  newOnly,
  comparisons,
  sides,
}: NonNullable<EvalReport['baseline']>): Iterable<string> {
  yield `Against \`${ref}\` (${commit.slice(0, 12)}):\n\n`;
  if (sides) {
    yield '| | old | new |\n| --- | --- | --- |\n';
    yield `| quality | ${percent(sides.old.passRate)} | ${percent(sides.new.passRate)} |\n`;
    if (sides.old.costUsd !== undefined && sides.new.costUsd !== undefined)
      yield `| cost | ${dollars(sides.old.costUsd)} | ${dollars(sides.new.costUsd)} |\n`;
    yield `| tokens in | ${sides.old.inputTokens} | ${sides.new.inputTokens} |\n| tokens out | ${sides.old.outputTokens} | ${sides.new.outputTokens} |\n\n`;
  }
  for (const comparison of comparisons) yield `- ${cell(comparisonLine(comparison))}\n`;
  if (unchanged.length > 0) yield `- unchanged: ${unchanged.map(code).join(', ')}\n`;
  if (added.length > 0) yield `- new: ${added.map(code).join(', ')}\n`;
  if (newOnly.length > 0) yield `- ${newOnly.length} tests that the old version can't render\n`;
  yield '\n';
}

function* failures(report: EvalReport): Iterable<string> {
  let shown = 0;
  let left = 0;
  for (const { result } of report.outcomes()) {
    if (result.status === 'passed') continue;
    if (++shown > MOST_FAILURES) {
      left++;
      continue;
    }
    if (shown === 1) yield '\n| test | why | output |\n| --- | --- | --- |\n';
    yield `| ${cell(`${result.promptId}: ${result.name}`)} | ${cell(excerptLine(whyLine(result), 160))} | ${cell(excerptLine(result.output ?? ''))} |\n`;
  }
  if (left > 0) yield `\n... and ${left} more.\n`;
}

function code(id: string): string {
  return `\`${id}\``;
}

/** Text that can neither leave its cell nor become markup, a link or a mention. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replaceAll('://', ':\u200b//');
}
