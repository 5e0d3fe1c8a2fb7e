import type { Budget } from './budget.ts';
import type { Evaluator } from './evaluate.ts';
import type { Formulas, Literal } from './formula.ts';
import type { Outcome } from './outcome.ts';

/** What the parts of a search share: lists and objects ask it for values of their members. */
export interface Solver {
  readonly formulas: Formulas;
  readonly budget: Budget;
  /**
   * Searches for a part of the value being built that satisfies every literal. `step` is the member or index it stands at.
   * Empty is a proof; found is a value as far as this room can judge.
   */
  solve(goal: readonly Literal[], step?: string | number): Outcome;
  evaluateAll: Evaluator['evaluateAll'];
  matches(pattern: string, text: string): boolean | undefined;
}
