import type { EvalReport } from '../eval/index.ts';
import { countsLine, VERDICTS, whyLine } from './eval-words.ts';

/** What GitHub shows of each kind for a step; what comes later is dropped in silence. */
const MOST = 10;

/** Workflow commands that GitHub turns into annotations. */
export function* githubEval(report: EvalReport): Iterable<string> {
  let failed = 0;
  let errored = 0;
  for (const { result } of report.outcomes()) {
    const title = `${result.promptId}: ${result.name}`;
    if (result.status === 'failed' && failed++ < MOST - 1) yield command('error', title, whyLine(result));
    if (result.status === 'errored' && errored++ < MOST - 1) yield command('warning', title, whyLine(result));
  }
  const level = report.verdict === 'pass' ? 'notice' : report.verdict === 'inconclusive' ? 'warning' : 'error';
  yield command(level, `eval ${VERDICTS[report.verdict]}`, countsLine(report));
}

function command(level: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${level} title=${property(title)}::${escaped(message)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
