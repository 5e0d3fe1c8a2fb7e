import type { EvalReport } from '../eval/index.ts';
import { resultsJson } from './eval-json.ts';

export function* htmlEval(report: EvalReport): Iterable<string> {
  yield '<!doctype html>\n<pre>';
  yield* resultsJson(report);
  yield '</pre>\n';
}
