import { requireInteger } from '../check.ts';
import { type Confidence, type Interval, tailOf } from './interval.ts';
import { normalQuantile } from './normal.ts';

export type Label = string | number | boolean;

export interface KappaOptions extends Confidence {
  /** How much two categories that aren't equal still agree: not at all (default), or less with their distance or its square. */
  readonly weights?: 'none' | 'linear' | 'quadratic';
}

export interface Kappa extends Interval {
  /** 1 is full agreement, 0 what chance gives, below 0 less than chance. */
  readonly kappa: number;
  readonly standardError: number;
  /** The weighted share of agreement, before chance is taken out. */
  readonly agreement: number;
}

/**
 * Cohen's kappa of two raters (Cohen 1960, 1968), with the large-sample interval of Fleiss, Cohen and Everitt (1969). Where both
 * raters use one and the same category only, chance explains everything and kappa is 0/0; it is given as 1, since they agree.
 *
 * @param categories their order, for weights; default as sorted
 * @throws RangeError for no ratings, or lists of different lengths.
 * @example cohenKappa(['a', 'b', 'a', 'b'], ['a', 'b', 'b', 'b']).kappa; // 0.5
 */
export function cohenKappa(
  first: readonly Label[],
  second: readonly Label[],
  options: KappaOptions & { readonly categories?: readonly Label[] } = {},
): Kappa {
  return cohenKappaOfTable(confusionTable(first, second, options.categories), options);
}

/** How often the raters chose each pair of categories: `table[i][j]` for category i by the first and j by the second. */
export function confusionTable(
  first: readonly Label[],
  second: readonly Label[],
  categories?: readonly Label[],
): number[][] {
  if (first.length !== second.length)
    throw new RangeError(`raters need as many ratings, got ${first.length} and ${second.length}`);
  const order = categories ?? [...new Set([...first, ...second])].sort(compareLabels);
  const placeByCategory = new Map(order.map((category, at) => [category, at]));
  const table = order.map(() => order.map(() => 0));
  const placeOf = (label: Label): number => {
    const place = placeByCategory.get(label);
    if (place === undefined || Number.isNaN(label)) throw new RangeError(`"${label}" is none of the categories`);
    return place;
  };
  first.forEach((label, at) => table[placeOf(label)]![placeOf(second[at]!)]!++);
  return table;
}

/** Cohen's kappa of a square table of counts. @example cohenKappaOfTable([[20, 5], [10, 15]]).kappa; // 0.4 */
export function cohenKappaOfTable(table: readonly (readonly number[])[], options: KappaOptions = {}): Kappa {
  const size = table.length;
  for (const row of table) {
    if (row.length !== size) throw new RangeError('the table of ratings must be square');
    for (const count of row) requireInteger(count, 'a count of ratings', 0);
  }
  const total = table.flat().reduce((sum, count) => sum + count, 0);
  if (total === 0) throw new RangeError('there are no ratings');
  const z = normalQuantile(1 - tailOf(options));

  const share = (i: number, j: number): number => table[i]![j]! / total;
  const places = table.map((_, at) => at);
  const rows = places.map((i) => places.reduce((sum, j) => sum + share(i, j), 0));
  const columns = places.map((j) => places.reduce((sum, i) => sum + share(i, j), 0));
  const weight = (i: number, j: number): number => agreementOf(i, j, size, options.weights);
  let [agreement, expected] = [0, 0];
  for (const i of places) {
    for (const j of places) {
      agreement += weight(i, j) * share(i, j);
      expected += weight(i, j) * rows[i]! * columns[j]!;
    }
  }
  if (expected >= 1) return { kappa: 1, standardError: 0, agreement: 1, low: 1, high: 1 };

  const kappa = (agreement - expected) / (1 - expected);
  const rowWeights = places.map((i) => places.reduce((sum, j) => sum + columns[j]! * weight(i, j), 0));
  const columnWeights = places.map((j) => places.reduce((sum, i) => sum + rows[i]! * weight(i, j), 0));
  let squares = 0;
  for (const i of places) {
    for (const j of places)
      squares += share(i, j) * (weight(i, j) - (rowWeights[i]! + columnWeights[j]!) * (1 - kappa)) ** 2;
  }
  const variance = (squares - (kappa - expected * (1 - kappa)) ** 2) / (total * (1 - expected) ** 2);
  const standardError = Math.sqrt(Math.max(0, variance));
  return { kappa, standardError, agreement, low: kappa - z * standardError, high: kappa + z * standardError };
}

function agreementOf(i: number, j: number, size: number, weights: KappaOptions['weights'] = 'none'): number {
  if (i === j) return 1;
  if (weights === 'none') return 0;
  const distance = Math.abs(i - j) / (size - 1);
  return 1 - (weights === 'linear' ? distance : distance ** 2);
}

const compareLabels = (a: Label, b: Label): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;
