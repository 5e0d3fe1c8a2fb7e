import {
  add,
  compare,
  decimalOf,
  floorDivide,
  isMultiple,
  leastCommonMultiple,
  numberOf,
  shift,
  times,
  type Decimal,
} from './decimal.ts';
import { type Literal } from './formula.ts';
import { canonicalText } from './json.ts';
import { empty, found, unknown, type Outcome } from './outcome.ts';

interface Bound {
  readonly value: Decimal;
  readonly inclusive: boolean;
}

interface Constraints {
  low?: Bound;
  high?: Bound;
  step?: Decimal;
  readonly forbiddenSteps: Decimal[];
  readonly excluded: ReadonlySet<string>;
}

const wantedNumbers = 8;
const tries = 400;

/** Finds numbers that satisfy all `literals` (atoms on numbers) and are none of `excluded`. Exact: decimals, not doubles. */
export function solveNumber(literals: readonly Literal[], excluded: readonly unknown[]): Outcome {
  const constraints = gather(literals, excluded);
  const { low, high, step, forbiddenSteps } = constraints;
  const order = low && high ? compare(low.value, high.value) : -1;
  if (order > 0 || (order === 0 && !(low?.inclusive && high?.inclusive))) return empty;
  if (step && forbiddenSteps.some((forbidden) => isMultiple(step, forbidden))) return empty;
  const { candidates, complete } = step
    ? multiples(step, constraints)
    : order === 0
      ? { candidates: [low!.value], complete: true }
      : spread(constraints);
  const fitting = candidates.filter((candidate) => fits(candidate, constraints));
  const values = fitting.map(numberOf).filter((value) => value !== undefined);
  if (values.length > 0) return found(values.slice(0, wantedNumbers));
  return complete && fitting.length === 0
    ? empty
    : unknown(step || forbiddenSteps.length > 0 ? 'multipleOf' : 'minimum');
}

function gather(literals: readonly Literal[], excluded: readonly unknown[]): Constraints {
  const numbers = excluded.filter((value) => typeof value === 'number');
  const constraints: Constraints = { forbiddenSteps: [], excluded: new Set(numbers.map(canonicalText)) };
  for (const { formula, sign } of literals) {
    if (!('on' in formula) || formula.on !== 'number') continue;
    const value = decimalOf(formula.value);
    if (formula.kind === 'multiple') {
      if (!sign) constraints.forbiddenSteps.push(value);
      else constraints.step = constraints.step ? leastCommonMultiple(constraints.step, value) : value;
    } else if (sign) {
      constraints.low = tighter(constraints.low, { value, inclusive: formula.kind === 'from' }, 1);
    } else {
      constraints.high = tighter(constraints.high, { value, inclusive: formula.kind === 'above' }, -1);
    }
  }
  return constraints;
}

function tighter(current: Bound | undefined, next: Bound, direction: 1 | -1): Bound {
  const order = current ? compare(next.value, current.value) * direction : 1;
  return current && (order < 0 || (order === 0 && !current.inclusive)) ? current : next;
}

/** The multiples of `step` within the bounds, from the bound nearest zero outwards. */
function multiples(step: Decimal, { low, high, excluded }: Constraints): { candidates: Decimal[]; complete: boolean } {
  let first = low && floorDivide(low.value, step);
  if (first !== undefined && !(isMultiple(low!.value, step) && low!.inclusive)) first += 1n;
  let last = high && floorDivide(high.value, step);
  if (last !== undefined && isMultiple(high!.value, step) && !high!.inclusive) last -= 1n;
  const limit = BigInt(tries + excluded.size);
  const factors: bigint[] = [];
  const start = first !== undefined && first > 0n ? first : last !== undefined && last < 0n ? last : 0n;
  const within = (factor: bigint): boolean =>
    (first === undefined || factor >= first) && (last === undefined || factor <= last);
  for (let distance = 0n; distance <= limit; distance++) {
    for (const factor of distance === 0n ? [start] : [start + distance, start - distance]) {
      if (within(factor)) factors.push(factor);
    }
  }
  // The far ends as well: where doubles cannot tell neighbours apart near zero they may there, and the other way round.
  for (const factor of [first, last]) if (factor !== undefined) factors.push(factor);
  const complete = first !== undefined && last !== undefined && last - first <= limit;
  return { candidates: factors.map((factor) => times(step, factor)), complete };
}

/** A few numbers between the bounds: whole ones, fractions and the ends. Never complete: there are always more. */
function spread({ low, high, forbiddenSteps, excluded }: Constraints): { candidates: Decimal[]; complete: boolean } {
  const one = decimalOf(1);
  const anchors = [decimalOf(0), ...[low, high].flatMap((bound) => (bound ? [bound.value] : []))];
  const offsets = [
    decimalOf(0),
    one,
    decimalOf(0.5),
    decimalOf(0.1),
    ...forbiddenSteps.flatMap((forbidden) => [shift(forbidden, 1), shift(times(forbidden, 5n), 1)]),
  ];
  if (low && high) {
    const width = add(high.value, times(low.value, -1n));
    for (const part of [5n, 1n, 2n, 3n, 7n, 9n]) offsets.push(shift(times(width, part), 1));
    for (let places = 2; places < 5; places++) offsets.push(shift(width, places));
  }
  for (let count = 0; count < excluded.size; count++)
    offsets.push(decimalOf(count + 2), shift(decimalOf(2 * count + 1), 3));
  const signed = offsets.flatMap((offset) => [offset, times(offset, -1n)]);
  return { candidates: anchors.flatMap((anchor) => signed.map((offset) => add(anchor, offset))), complete: false };
}

function fits(candidate: Decimal, { low, high, forbiddenSteps, excluded }: Constraints): boolean {
  const aboveLow = low ? compare(candidate, low.value) : 1;
  const belowHigh = high ? compare(high.value, candidate) : 1;
  if (aboveLow < 0 || (aboveLow === 0 && !low!.inclusive)) return false;
  if (belowHigh < 0 || (belowHigh === 0 && !high!.inclusive)) return false;
  if (forbiddenSteps.some((forbidden) => isMultiple(candidate, forbidden))) return false;
  const value = numberOf(candidate);
  return value === undefined || !excluded.has(canonicalText(value));
}
