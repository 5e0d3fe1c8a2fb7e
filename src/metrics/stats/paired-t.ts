import { type Confidence } from './interval.ts';
import { type MeanEstimate, requireValues, tInterval } from './mean.ts';
import { tTails } from './student-t.ts';

export interface PairedT extends MeanEstimate {
  readonly t: number;
  /** Two-sided. */
  readonly pValue: number;
}

/**
 * The paired t test: whether the mean of the differences now[i] - before[i] is 0, with its interval.
 *
 * @throws RangeError for lists of different lengths, or fewer than two pairs.
 * @example pairedT([0.6, 0.7, 0.5], [0.9, 0.8, 0.7]).mean; // 0.2
 */
export function pairedT(before: readonly number[], now: readonly number[], options: Confidence = {}): PairedT {
  const estimate = tInterval(pairDifferences(before, now), options);
  const { mean, standardError, degrees } = estimate;
  // Differences without any spread leave no doubt either way.
  const t = mean === 0 ? 0 : mean / standardError;
  return { ...estimate, t, pValue: Number.isFinite(t) ? tTails(t, degrees) : 0 };
}

export function pairDifferences(before: readonly number[], now: readonly number[]): number[] {
  if (before.length !== now.length)
    throw new RangeError(`pairs need lists of one length, got ${before.length} and ${now.length}`);
  requireValues(before, 1, 'before');
  requireValues(now, 1, 'now');
  return now.map((value, at) => value - before[at]!);
}
