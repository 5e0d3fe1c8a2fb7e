import { solveArray } from './arrays.ts';
import { emptyBranch, extend, type Branch, type Disjunction } from './branch.ts';
import { type Budget } from './budget.ts';
import { createEvaluator } from './evaluate.ts';
import { keyOf, type Formulas, type Literal } from './formula.ts';
import { typeOf, type JsonType } from './json.ts';
import { createMemo } from './memo.ts';
import { solveNumber } from './numbers.ts';
import { solveObject } from './objects.ts';
import { empty, firstFound, found, unknown, type Outcome } from './outcome.ts';
import type { Solver } from './search.ts';
import { solveString } from './strings.ts';
import { type TextJudge } from './texts.ts';

const types: readonly JsonType[] = ['string', 'number', 'boolean', 'null', 'object', 'array'];
const deepest = 120;

/** Decides a goal; `confirm` has the last word on its values, though not on those of its parts. */
export type Decide = (goal: readonly Literal[], confirm: (value: unknown) => boolean) => Outcome;

export interface SolverOptions {
  readonly formulas: Formulas;
  readonly texts: TextJudge;
  readonly budget: Budget;
  /** Told of each keyword that stood in the way, and where in the value. */
  readonly onUndecided: (keyword: string, path: readonly (string | number)[]) => void;
}

/**
 * Decides whether a conjunction of schemas and negated schemas has a value. A tableau: each JSON type in turn, conjunctions
 * taken apart into atoms, one disjunction at a time, the atoms of a type handed to that type's solver. A goal met again inside
 * itself counts as empty: a smallest value of it cannot contain a smaller one. The value the atoms alone suggest is tried
 * first, so only disjunctions that it violates are ever taken apart.
 */
export function createSolver({ formulas, texts, budget, onUndecided }: SolverOptions): Decide {
  const { evaluateAll } = createEvaluator(texts, budget);
  const memo = createMemo();
  const path: (string | number)[] = [];
  let depth = 0;
  let confirm: (value: unknown) => boolean;

  const solver: Solver = { formulas, budget, evaluateAll, matches: texts.matches, solve };

  function solve(literals: readonly Literal[], step?: string | number): Outcome {
    budget.spend();
    const goal = [...new Map(literals.map((literal) => [keyOf(literal), literal])).values()];
    const keys = goal.map(keyOf).sort((a, b) => a - b);
    if (depth >= deepest) return unknown('depth');
    depth++;
    if (step !== undefined) path.push(step);
    try {
      return memo.recall(keys.join(), () =>
        firstFound(typesOf(goal), (type) => {
          const branch = extend(emptyBranch(type), goal, formulas, budget);
          return branch ? search(goal, branch, depth === 1) : empty;
        }),
      );
    } finally {
      if (step !== undefined) path.pop();
      depth--;
    }
  }

  function undecided(keywords: Iterable<string>): Outcome {
    const named = [...keywords];
    for (const keyword of named) onUndecided(keyword, path);
    return unknown(...named);
  }

  function search(goal: readonly Literal[], branch: Branch, isOutermost: boolean): Outcome {
    budget.spend();
    const suggested = suggest(branch);
    if (suggested.kind === 'empty') return empty;
    const judged = (suggested.kind === 'found' ? suggested.values : []).map((value) => ({
      value,
      verdict: evaluateAll(goal, value),
    }));
    const accepted = judged.filter(
      ({ value, verdict }) => verdict !== false && (isOutermost ? confirm(value) : verdict),
    );
    if (accepted.length > 0) return found(accepted.map(({ value }) => value));
    if (branch.values) return judged.some(({ verdict }) => verdict !== false) ? undecided(suspects(branch)) : empty;

    const open = branch.disjunctions;
    if (open.length === 0) return undecided(suggested.kind === 'unknown' ? suggested.keywords : suspects(branch));
    const violated = open.filter((disjunction) =>
      judged.some(({ value }) => disjunction.every((way) => evaluateAll(way, value) !== true)),
    );
    return firstFound(narrowest(branch, violated.length > 0 ? violated : open), (way) =>
      search(goal, way, isOutermost),
    );
  }

  /** The ways of the disjunction that has the fewest left, as branches; none at all closes the branch. */
  function narrowest(branch: Branch, disjunctions: readonly Disjunction[]): Iterable<Branch> {
    const [only, ...others] = disjunctions;
    // No choice to make: nothing is gained by looking ahead.
    if (only && others.length === 0) return waysOf(branch, only);
    let best: Branch[] | undefined;
    for (const disjunction of disjunctions) {
      const ways: Branch[] = [];
      for (const way of waysOf(branch, disjunction)) {
        if (suggest(way).kind !== 'empty') ways.push(way);
        if (best && ways.length >= best.length) break;
      }
      if (!best || ways.length < best.length) best = ways;
      if (best.length <= 1) break;
    }
    return best ?? [];
  }

  function* waysOf(branch: Branch, disjunction: Disjunction): Generator<Branch> {
    const without = { ...branch, disjunctions: branch.disjunctions.filter((other) => other !== disjunction) };
    for (const way of disjunction) {
      const next = extend(without, way, formulas, budget);
      if (next) yield next;
    }
  }

  /** What the atoms alone allow, disjunctions left aside. */
  function suggest({ type, atoms, values, excluded }: Branch): Outcome {
    if (values) {
      const typed = values.filter((value) => typeOf(value) === type);
      return typed.length > 0 ? found(typed) : empty;
    }
    switch (type) {
      case 'null':
      case 'boolean': {
        const left = (type === 'null' ? [null] : [true, false]).filter((value) => !excluded.includes(value));
        return left.length > 0 ? found(left) : empty;
      }
      case 'number':
        return solveNumber(atoms, excluded);
      case 'string':
        return solveString(atoms, excluded, texts, budget);
      case 'array':
        return solveArray(atoms, solver);
      case 'object':
        return solveObject(atoms, solver);
    }
  }

  return (goal, confirmOutermost) => {
    confirm = confirmOutermost;
    return solve(goal);
  };
}

/** What may have misled the search where every value it tried was refused. */
function suspects({ atoms, excluded, opaque }: Branch): readonly string[] {
  if (opaque.size > 0) return [...opaque];
  const kinds = atoms.flatMap(({ formula }) =>
    formula.kind === 'contains' ? ['contains'] : formula.kind === 'multiple' ? ['multipleOf'] : [],
  );
  return kinds.length > 0 ? kinds : excluded.length > 0 ? ['enum'] : ['value'];
}

/** The types a goal leaves open, by its plain type literals. */
function typesOf(goal: readonly Literal[]): readonly JsonType[] {
  return types.filter((type) =>
    goal.every(({ formula, sign }) => !sign || formula.kind !== 'types' || formula.types.has(type)),
  );
}
