import { fails, holds, keyOf, type Formula, type Literal } from './formula.ts';
import { canonicalText } from './json.ts';
import { empty, firstFound, found, unknown, type Outcome } from './outcome.ts';
import type { Solver } from './search.ts';

const longestWitness = 5000;
const longestDistinct = 100;
const mostAssignments = 400;
const mostWanted = 24;

interface Constraints {
  least: number;
  most: number;
  /** Must be distinct (true), must not be (false), either (undefined). */
  distinct?: boolean;
  readonly at: { readonly index: number; readonly literal: Literal }[];
  readonly rest: { readonly index: number; readonly literal: Literal }[];
  /** Each wants one item, at one index or anywhere from it on; those of one `apart` want different items. */
  readonly wanted: {
    readonly from: number;
    readonly only: boolean;
    readonly literal: Literal;
    readonly apart?: Formula;
  }[];
  /** At most so many items may satisfy a formula. */
  readonly limited: { readonly part: Formula; readonly tooMany: number }[];
}

/** What items an attempt has placed: extra literals by index. */
type Placed = ReadonlyMap<number, readonly Literal[]>;

/** Finds an array that satisfies all `literals` (atoms on arrays). */
export function solveArray(literals: readonly Literal[], solver: Solver): Outcome {
  const constraints = gather(literals);
  const { least, most, wanted, at, rest } = constraints;
  if (least > most) return empty;
  if (least > longestWitness || wanted.length > mostWanted)
    return unknown(least > longestWitness ? 'minItems' : 'contains');
  const spoken = Math.max(
    0,
    ...at.map(({ index }) => index + 1),
    ...rest.map(({ index }) => index),
    ...wanted.map(({ from, only }) => from + (only ? 1 : 0)),
  );
  const top = Math.min(most, spoken + wanted.length + (constraints.distinct === false ? 2 : 0));

  let assignments = 0;
  function place(next: number, placed: Placed, last = -1): Outcome {
    const want = wanted[next];
    if (!want) return ++assignments > mostAssignments ? unknown('contains') : pairs(placed);
    // Wants of one group are interchangeable: one order of them will do.
    const isNext = want.apart !== undefined && wanted[next - 1]?.apart === want.apart;
    const indices = want.only ? [want.from] : range(isNext ? last + 1 : want.from, top);
    return firstFound(indices, (index) => {
      solver.budget.spend();
      const there = placed.get(index) ?? [];
      if (index >= most || assignments > mostAssignments) return index >= most ? empty : unknown('contains');
      return place(next + 1, new Map(placed).set(index, [...there, want.literal]), index);
    });
  }

  /** Chooses which two items are equal, where two must be. */
  function pairs(placed: Placed): Outcome {
    if (constraints.distinct !== false) return fill(placed, undefined);
    const choices = range(0, top).flatMap((left) => range(left + 1, top).map((right) => [left, right] as const));
    return firstFound(choices, (pair) => fill(placed, pair));
  }

  function fill(placed: Placed, pair: readonly [number, number] | undefined): Outcome {
    const length = Math.max(least, (pair?.[1] ?? -1) + 1, ...[...placed.keys()].map((index) => index + 1));
    if (length > most) return empty;
    const goal = (index: number): Literal[] => {
      const own = goalAt(index, constraints, placed);
      return pair && pair.includes(index)
        ? [...goalAt(pair[0], constraints, placed), ...goalAt(pair[1], constraints, placed)]
        : own;
    };
    const { limited } = constraints;
    if (limited.length > 0) {
      const mustSatisfy =
        (part: Formula) =>
        (index: number): boolean =>
          solver.solve([...goal(index), fails(part)], index).kind === 'empty';
      const isOver = limited.some(({ part, tooMany }) => range(0, length).filter(mustSatisfy(part)).length >= tooMany);
      if (isOver) return empty;
      const spare = (index: number): Literal[] => {
        const isWanted = (part: Formula): boolean =>
          placed.get(index)?.some(({ formula, sign }) => sign && formula === part) ?? false;
        return [...goal(index), ...limited.filter(({ part }) => !isWanted(part)).map(({ part }) => fails(part))];
      };
      const strict = build(length, spare, pair);
      if (strict.kind === 'found') return strict;
    }
    return build(length, goal, pair);
  }

  function build(
    length: number,
    goal: (index: number) => Literal[],
    pair: readonly [number, number] | undefined,
  ): Outcome {
    const items: unknown[] = [];
    const keywords = new Set<string>();
    let filler: Outcome | undefined;
    for (let index = 0; index < length; index++) {
      // Past all that is spoken of, every item is held to the same.
      const alike = index > top && constraints.distinct !== true;
      const outcome =
        alike && filler
          ? filler
          : constraints.distinct
            ? distinctItem(index, items, goal)
            : solver.solve(goal(index), index);
      if (alike) filler = outcome;
      if (outcome.kind === 'empty') return empty;
      if (outcome.kind === 'unknown') for (const keyword of outcome.keywords) keywords.add(keyword);
      else items.push(pair?.[1] === index ? items[pair[0]] : outcome.values[0]);
    }
    return keywords.size > 0 ? { kind: 'unknown', keywords } : found([items]);
  }

  function distinctItem(index: number, before: readonly unknown[], goal: (index: number) => Literal[]): Outcome {
    if (index >= longestDistinct) return unknown('uniqueItems');
    const own = goal(index);
    const used = new Set(before.map(canonicalText));
    const outcome = solver.solve(own, index);
    if (outcome.kind !== 'found') return outcome;
    const fresh = outcome.values.filter((value) => !used.has(canonicalText(value)));
    if (fresh.length > 0) return found(fresh);
    const other = solver.solve([...own, fails(solver.formulas.values(before))], index);
    if (other.kind !== 'empty') return other;
    // As many values as there are, all used, and every earlier item was held to the same.
    const key = keyOfGoal(own);
    return range(0, index).every((earlier) => keyOfGoal(goal(earlier)) === key) ? empty : unknown('uniqueItems');
  }

  return place(0, new Map());
}

function gather(literals: readonly Literal[]): Constraints {
  const constraints: Constraints = { least: 0, most: Infinity, at: [], rest: [], wanted: [], limited: [] };
  const contained = new Map<Formula, number>();
  for (const { formula, sign } of literals) {
    if (!('on' in formula) || formula.on !== 'array') continue;
    switch (formula.kind) {
      case 'length':
        if (sign) constraints.least = Math.max(constraints.least, formula.least);
        else constraints.most = Math.min(constraints.most, formula.least - 1);
        break;
      case 'unique':
        constraints.distinct = sign;
        break;
      case 'at':
        if (sign) constraints.at.push({ index: formula.index, literal: holds(formula.part) });
        else constraints.wanted.push({ from: formula.index, only: true, literal: fails(formula.part) });
        break;
      case 'rest':
        if (sign) constraints.rest.push({ index: formula.index, literal: holds(formula.part) });
        else constraints.wanted.push({ from: formula.index, only: false, literal: fails(formula.part) });
        break;
      case 'contains':
        if (!sign && formula.least === 1) constraints.rest.push({ index: 0, literal: fails(formula.part) });
        else if (!sign) constraints.limited.push({ part: formula.part, tooMany: formula.least });
        else contained.set(formula.part, Math.max(formula.least, contained.get(formula.part) ?? 0));
    }
  }
  for (const [part, least] of contained) {
    const want = { from: 0, only: false, literal: holds(part), apart: part };
    // More than this many are given up on, so no need to count on.
    for (let count = 0; count < Math.min(least, mostWanted + 1); count++) constraints.wanted.push(want);
  }
  return constraints;
}

function goalAt(index: number, { at, rest }: Constraints, placed: Placed): Literal[] {
  return [
    ...at.filter((item) => item.index === index).map(({ literal }) => literal),
    ...rest.filter((item) => item.index <= index).map(({ literal }) => literal),
    ...(placed.get(index) ?? []),
  ];
}

function keyOfGoal(goal: readonly Literal[]): string {
  return [...new Set(goal.map(keyOf))].sort((a, b) => a - b).join();
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, offset) => from + offset);
}
