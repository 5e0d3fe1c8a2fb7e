import { requireInteger } from '../check.ts';
import { binomialTail } from './beta.ts';
import { chiSquareTail, logGamma } from './gamma.ts';

export interface McNemar {
  /** Exact, from the binomial distribution: never too small. */
  readonly exact: number;
  /** Counts only half of the outcome seen; close to its level without the exact test's caution (Fagerland et al. 2013). */
  readonly midP: number;
  readonly chiSquare: { readonly statistic: number; readonly pValue: number };
  /** With Edwards' continuity correction. */
  readonly corrected: { readonly statistic: number; readonly pValue: number };
}

/**
 * McNemar's test of paired yes or no outcomes (McNemar 1947): the two-sided chance of so uneven a split of the pairs that changed, if
 * both ways were as likely. Pairs that stayed the same don't count; with none that changed every p is 1.
 *
 * @param b pairs that changed one way
 * @param c pairs that changed the other way
 * @throws RangeError for counts that aren't whole or are negative.
 * @example mcnemar(10, 2).exact; // 0.0386
 */
export function mcnemar(b: number, c: number): McNemar {
  requireInteger(b, 'b', 0);
  requireInteger(c, 'c', 0);
  const n = b + c;
  if (n === 0) {
    const none = { statistic: 0, pValue: 1 };
    return { exact: 1, midP: 1, chiSquare: none, corrected: none };
  }
  const larger = Math.max(b, c);
  const exact = Math.min(1, 2 * binomialTail(larger, n, 0.5));
  const seen = Math.exp(logGamma(n + 1) - logGamma(larger + 1) - logGamma(n - larger + 1) - n * Math.LN2);
  // Where both are as small as a number can be, their rounding could leave less than nothing.
  const midP = b === c ? 1 : Math.max(0, exact - seen);
  return {
    exact,
    midP,
    chiSquare: withTail((b - c) ** 2 / n),
    corrected: withTail((Math.abs(b - c) - 1) ** 2 / n),
  };
}

const withTail = (statistic: number): { statistic: number; pValue: number } => ({
  statistic,
  pValue: chiSquareTail(statistic, 1),
});
