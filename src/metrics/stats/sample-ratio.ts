import { requireInteger, requireNumber } from '../check.ts';
import { chiSquareTail } from './gamma.ts';

export interface SampleRatio {
  readonly chiSquare: number;
  readonly pValue: number;
  /** False where so lopsided a split is no accident, and whatever was measured on it can't be trusted. */
  readonly isExpected: boolean;
}

/**
 * Whether samples fell to the variants in the ratio they should have, by Pearson's chi-square test (Fabijan et al. 2019).
 *
 * @param counts samples by variant
 * @param weights the shares they should have had, to any sum; default equal
 * @param level the p-value under which the split is called wrong, default 0.001: the check is run often and mustn't cry wolf
 * @throws RangeError for fewer than two variants, no samples, or weights that aren't above 0.
 * @example sampleRatio([5000, 5300]).isExpected; // true: p is 0.003
 */
export function sampleRatio(
  counts: readonly number[],
  weights: readonly number[] = counts.map(() => 1),
  level: number = 0.001,
): SampleRatio {
  if (counts.length < 2 || counts.length !== weights.length)
    throw new RangeError('a ratio needs two variants or more, and a weight for each');
  counts.forEach((count, at) => requireInteger(count, `counts[${at}]`, 0));
  weights.forEach((weight, at) => requireNumber(weight, `weights[${at}]`, Number.MIN_VALUE));
  requireNumber(level, 'level', 0, 1);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weighed = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) throw new RangeError('there are no samples');
  let chiSquare = 0;
  counts.forEach((count, at) => {
    const expected = (total * weights[at]!) / weighed;
    chiSquare += (count - expected) ** 2 / expected;
  });
  const pValue = chiSquareTail(chiSquare, counts.length - 1);
  return { chiSquare, pValue, isExpected: pValue >= level };
}
