import type { Interval } from '../interval.ts';
import { meanOf, varianceOf } from '../mean.ts';
import { seededRandom } from '../random.ts';

/**
 * The bootstrap of t itself (Hall 1988): resamples tell how large |t| grows by chance, and the interval and the p-value are read off
 * that, so that they agree with each other. Resamples without spread say nothing about t and are left out.
 */
export function studentizedBootstrap(
  values: readonly number[],
  { alpha, resamples, seed }: { readonly alpha: number; readonly resamples: number; readonly seed: number },
): { interval: Interval; pValue: number } {
  const count = values.length;
  const mean = meanOf(values);
  const standardError = Math.sqrt(varianceOf(values) / count);
  const random = seededRandom(seed);
  const ts: number[] = [];
  for (let round = 0; round < resamples; round++) {
    let [sum, squares] = [0, 0];
    for (let draw = 0; draw < count; draw++) {
      // Deviations from the mean, so that squares don't cancel.
      const deviation = values[Math.floor(random() * count)]! - mean;
      sum += deviation;
      squares += deviation * deviation;
    }
    const variance = (squares - (sum * sum) / count) / (count - 1);
    if (variance > 0) ts.push(Math.abs(sum / count) / Math.sqrt(variance / count));
  }
  ts.sort((a, b) => a - b);
  const half = (ts[Math.min(ts.length - 1, Math.ceil((1 - alpha) * (ts.length + 1)) - 1)] ?? Infinity) * standardError;
  const t = Math.abs(mean) / standardError;
  const asLarge = ts.reduce((total, other) => total + (other >= t ? 1 : 0), 0);
  return { interval: { low: mean - half, high: mean + half }, pValue: (1 + asLarge) / (1 + ts.length) };
}
