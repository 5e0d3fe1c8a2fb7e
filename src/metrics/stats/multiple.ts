import { requireNumber } from '../check.ts';

/**
 * Holm's adjusted p-values (Holm 1979), in the order given: reject those under the level, and the chance of any false rejection stays
 * under it, whatever the dependence.
 *
 * @throws RangeError for a p outside 0 to 1.
 * @example holm([0.01, 0.04, 0.03]); // [0.03, 0.06, 0.06]
 */
export function holm(pValues: readonly number[]): number[] {
  const count = pValues.length;
  let largest = 0;
  return adjust(pValues, 'ascending', (p, rank) => (largest = Math.max(largest, Math.min(1, p * (count - rank)))));
}

/**
 * Benjamini and Hochberg's adjusted p-values (1995), in the order given: of those under the level, at most that share is false on
 * average, for independent or positively dependent tests.
 *
 * @example benjaminiHochberg([0.01, 0.04, 0.03]); // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const count = pValues.length;
  let smallest = 1;
  return adjust(pValues, 'descending', (p, rank) => (smallest = Math.min(smallest, (p * count) / (count - rank))));
}

/** Visits the p-values in order of size, and puts what comes out where each stood. */
function adjust(
  pValues: readonly number[],
  order: 'ascending' | 'descending',
  adjusted: (p: number, rank: number) => number,
): number[] {
  pValues.forEach((p, at) => requireNumber(p, `pValues[${at}]`, 0, 1));
  const places = pValues.map((_, at) => at).sort((a, b) => pValues[a]! - pValues[b]!);
  if (order === 'descending') places.reverse();
  const result: number[] = pValues.slice();
  places.forEach((place, rank) => (result[place] = adjusted(pValues[place]!, rank)));
  return result;
}
