import { requireNumber } from '../check.ts';
import { type Confidence, type Interval, tailOf } from './interval.ts';
import { tQuantile } from './student-t.ts';

export interface MeanEstimate extends Interval {
  readonly mean: number;
  readonly standardError: number;
  /** Of the t distribution that the interval is taken from. */
  readonly degrees: number;
}

export function requireValues(values: readonly number[], least: number, name: string = 'values'): void {
  if (values.length < least) throw new RangeError(`${name} has ${values.length} numbers, at least ${least} are needed`);
  values.forEach((value, at) => requireNumber(value, `${name}[${at}]`));
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The unbiased variance, over n - 1. */
export function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/**
 * The mean with Student's interval: mean +- t(n - 1) s / sqrt(n).
 *
 * @throws RangeError for fewer than two values, or a NaN among them.
 * @example tInterval([0.8, 0.9, 0.7]); // { mean: 0.8, low: 0.552, high: 1.048, ... }
 */
export function tInterval(values: readonly number[], options: Confidence = {}): MeanEstimate {
  requireValues(values, 2);
  return estimate(meanOf(values), Math.sqrt(varianceOf(values) / values.length), values.length - 1, options);
}

/**
 * The mean with a standard error that allows for samples of one cluster being alike, such as questions about one document: the sum
 * of squared cluster sums of deviations, times C / (C - 1), over n squared; t with C - 1 degrees of freedom (Miller 2024, with the
 * small-sample factor of Cameron and Miller 2015).
 *
 * @param clusters the cluster of each value
 * @throws RangeError for fewer than two clusters.
 * @example clusteredInterval([1, 1, 0, 0], ['a', 'a', 'b', 'b']).standardError; // 0.5
 */
export function clusteredInterval(
  values: readonly number[],
  clusters: readonly (string | number)[],
  options: Confidence = {},
): MeanEstimate {
  requireValues(values, 2);
  if (clusters.length !== values.length)
    throw new RangeError(`${values.length} values, but clusters for ${clusters.length}`);
  const mean = meanOf(values);
  const deviationByCluster = new Map<string | number, number>();
  values.forEach((value, at) => {
    const cluster = clusters[at]!;
    deviationByCluster.set(cluster, (deviationByCluster.get(cluster) ?? 0) + value - mean);
  });
  const count = deviationByCluster.size;
  if (count < 2) throw new RangeError('all values are in one cluster: their spread between clusters is unknown');
  let squares = 0;
  for (const deviation of deviationByCluster.values()) squares += deviation ** 2;
  return estimate(mean, Math.sqrt((squares * count) / (count - 1)) / values.length, count - 1, options);
}

function estimate(mean: number, standardError: number, degrees: number, options: Confidence): MeanEstimate {
  const half = tQuantile(1 - tailOf(options), degrees) * standardError;
  return { mean, standardError, degrees, low: mean - half, high: mean + half };
}
