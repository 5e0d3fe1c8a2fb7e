import { expect, it } from 'vitest';
import { evaluatorKinds } from '../../src/eval/index.ts';
import { EVALUATOR_IDS } from '../../src/lint/rules/tests/evaluators.ts';

it('lint knows the evaluators that eval has, and no others', () => {
  const ours = EVALUATOR_IDS.filter((id) => id.startsWith('promptctl/')).sort();
  expect(ours).toEqual(evaluatorKinds.map(({ id }) => `promptctl/${id}`).sort());
});
