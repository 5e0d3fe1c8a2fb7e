import type { AnswerResult, EvalReport, Outcome } from '../eval/index.ts';

/** The JSON of `gh models eval --json`: one object a prompt; several prompts are a list of them, which theirs never has. */
export function* ghModelsEval(report: EvalReport): Iterable<string> {
  const documents = new Map<string, Outcome[]>();
  for (const outcome of report.outcomes()) {
    const { promptId } = outcome.result;
    const list = documents.get(promptId);
    if (list) list.push(outcome);
    else documents.set(promptId, [outcome]);
  }
  const made = [...documents].map(([id, outcomes]) => documentOf(id, outcomes, report));
  yield `${JSON.stringify(made.length === 1 ? made[0] : made, null, 2)}\n`;
}

function documentOf(id: string, outcomes: readonly Outcome[], { prompts }: EvalReport): object {
  const prompt = prompts.find((one) => one.id === id);
  const totalTests = outcomes.length;
  const passedTests = outcomes.filter(({ result }) => result.status === 'passed').length;
  return {
    name: prompt?.name ?? '',
    description: prompt?.description ?? '',
    model: prompt?.model ?? '',
    testResults: outcomes.map(({ fields = {}, result }) => ({
      testCase: fields,
      modelResponse: (result.output ?? '').trim(),
      evaluationResults: evaluationsOf(result),
    })),
    summary: {
      totalTests,
      passedTests,
      failedTests: totalTests - passedTests,
      passRate: totalTests === 0 ? 100 : (passedTests / totalTests) * 100,
    },
  };
}

function evaluationsOf({ scores = {}, failed = [], reasons = {} }: AnswerResult): object[] {
  return Object.entries(scores).map(([evaluatorName, score]) => ({
    evaluatorName,
    score,
    passed: !failed.includes(evaluatorName),
    ...(reasons[evaluatorName] === undefined ? {} : { details: reasons[evaluatorName] }),
  }));
}
