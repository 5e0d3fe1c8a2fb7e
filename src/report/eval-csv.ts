import type { EvalReport } from '../eval/index.ts';
import { whyLine } from './eval-words.ts';

/** One line a test (RFC 4180), its scores as JSON since each prompt has its own. */
export function* csvEval(report: EvalReport): Iterable<string> {
  yield 'id,prompt,name,status,why,output,scores,input_tokens,output_tokens,cost_usd\r\n';
  for (const { result } of report.outcomes()) {
    const { id, promptId, name, status, output, scores, usage, costUsd } = result;
    const cells = [
      id,
      promptId,
      name,
      status,
      whyLine(result),
      output,
      scores && JSON.stringify(scores),
      usage?.inputTokens,
      usage?.outputTokens,
      costUsd,
    ];
    yield `${cells.map(cell).join(',')}\r\n`;
  }
}

/** A spreadsheet would run a cell that begins like a formula: a quote in front keeps it text. */
function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
