import { requireInteger } from '../check.ts';
import { type Confidence, type Interval, tailOf } from './interval.ts';
import { meanOf, requireValues } from './mean.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { seededRandom } from './random.ts';

export interface BootstrapOptions extends Confidence {
  /** Default the mean. */
  readonly statistic?: (values: readonly number[]) => number;
  /** Default 10 000. */
  readonly resamples?: number;
  /** Default 1; the same seed gives the same interval. */
  readonly seed?: number;
  /** `bca` (default) corrects for bias and skew (Efron 1987); `percentile` takes the resamples' quantiles as they are. */
  readonly method?: 'bca' | 'percentile';
}

/**
 * A bootstrap interval (Efron 1979) for any statistic of a sample. It can't see what the sample doesn't show: with few values it is
 * too narrow.
 *
 * @throws RangeError for fewer than two values, or a NaN among them.
 * @example bootstrap([0.8, 0.9, 0.7, 0.6], { seed: 7 }); // { estimate: 0.75, low: 0.675, high: 0.875 }
 */
export function bootstrap(
  values: readonly number[],
  options: BootstrapOptions = {},
): Interval & { readonly estimate: number } {
  requireValues(values, 2);
  const { statistic = meanOf, resamples = 10_000, seed = 1, method = 'bca' } = options;
  requireInteger(resamples, 'resamples', 100, 10_000_000);
  const tail = tailOf(options);
  const estimate = statistic(values);
  const replicates = new Float64Array(resamples);
  const random = seededRandom(seed);
  const resample = values.slice();
  for (let round = 0; round < resamples; round++) {
    for (let at = 0; at < values.length; at++) resample[at] = values[Math.floor(random() * values.length)]!;
    replicates[round] = statistic(resample);
  }
  replicates.sort();
  const shift = method === 'bca' ? bcaShift(values, replicates, estimate, statistic) : (p: number): number => p;
  return { estimate, low: sortedQuantile(replicates, shift(tail)), high: sortedQuantile(replicates, shift(1 - tail)) };
}

/** Where BCa takes the quantile p from. */
function bcaShift(
  values: readonly number[],
  replicates: Float64Array,
  estimate: number,
  statistic: (values: readonly number[]) => number,
): (p: number) => number {
  const below = replicates.reduce(
    (count, replicate) => count + (replicate < estimate ? 1 : replicate === estimate ? 0.5 : 0),
    0,
  );
  const least = 0.5 / replicates.length;
  const bias = normalQuantile(Math.min(1 - least, Math.max(least, below / replicates.length)));
  const leftOut = values.map((_, at) => statistic(values.toSpliced(at, 1)));
  const mean = meanOf(leftOut);
  let [squares, cubes] = [0, 0];
  for (const value of leftOut) {
    squares += (mean - value) ** 2;
    cubes += (mean - value) ** 3;
  }
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  return (p) => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
}

/**
 * The quantile of a sample between its order statistics (Hyndman and Fan's type 7, as in numpy).
 *
 * @throws RangeError for no values, a NaN among them, or q outside 0 to 1.
 * @example quantile([1, 2, 3, 4, 10], 0.5); // 3
 */
export function quantile(values: readonly number[], q: number): number {
  requireValues(values, 1);
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q must be from 0 to 1, got ${q}`);
  return sortedQuantile(Float64Array.from(values).sort(), q);
}

export function sortedQuantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const low = sorted[Math.floor(place)]!;
  return low + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - low);
}
