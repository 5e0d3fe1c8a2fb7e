import type { AnswerResult, EvalReport, Outcome } from '../eval/index.ts';
import { whyLine } from './eval-words.ts';
import { attributeText, xmlText } from './xml.ts';

/** JUnit XML: a suite for each prompt, a case for each test; an error is an error, not a failure. Times stand in `time` alone. */
export function* junitEval(report: EvalReport): Iterable<string> {
  const { total, failed, errored, notRun } = report.summary;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="promptctl eval" tests="${total}" failures="${failed}" errors="${errored}" skipped="${notRun}">\n`;
  const counts = new Map<string, { tests: number; failures: number; errors: number }>();
  for (const { result } of report.outcomes()) {
    const count = counts.get(result.promptId) ?? { tests: 0, failures: 0, errors: 0 };
    count.tests++;
    if (result.status === 'failed') count.failures++;
    if (result.status === 'errored') count.errors++;
    counts.set(result.promptId, count);
  }
  let open: string | undefined;
  for (const outcome of report.outcomes()) {
    const { promptId } = outcome.result;
    if (promptId !== open) {
      const { tests, failures, errors } = counts.get(promptId)!;
      if (open !== undefined) yield '  </testsuite>\n';
      yield `  <testsuite name="${attributeText(promptId)}" tests="${tests}" failures="${failures}" errors="${errors}">\n`;
      open = promptId;
    }
    yield caseOf(outcome);
  }
  if (open !== undefined) yield '  </testsuite>\n';
  yield '</testsuites>\n';
}

function caseOf({ result, timings }: Outcome): string {
  const ms = timings.reduce((sum, { ms: time = 0 }) => sum + time, 0);
  const head = `    <testcase classname="${attributeText(result.promptId)}" name="${attributeText(`${result.name} [${result.id}]`)}" time="${(ms / 1000).toFixed(3)}"`;
  if (result.status === 'passed') return `${head}/>\n`;
  const tag = result.status === 'failed' ? 'failure' : 'error';
  const why = whyLine(result);
  return `${head}>\n      <${tag} message="${attributeText(why)}">${xmlText(bodyOf(result, why))}</${tag}>\n    </testcase>\n`;
}

function bodyOf({ output }: AnswerResult, why: string): string {
  return output === undefined ? why : `${why}\n\n${output}`;
}
