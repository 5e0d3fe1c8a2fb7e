import { expect, it } from 'vitest';
import { evaluatorKinds } from '../../src/eval/index.ts';
import { EVALUATOR_IDS } from '../../src/lint/rules/tests/evaluators.ts';

it('lint takes every evaluator that eval has for known', () => {
  const known = new Set(EVALUATOR_IDS);
  expect(evaluatorKinds.map(({ id }) => `promptctl/${id}`).filter((id) => !known.has(id))).toEqual([]);
  expect(evaluatorKinds.length).toBeGreaterThan(20);
});
