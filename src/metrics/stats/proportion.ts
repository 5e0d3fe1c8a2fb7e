import { requireInteger } from '../check.ts';
import { betaQuantile } from './beta.ts';
import { type Confidence, type Interval, tailOf } from './interval.ts';
import { normalQuantile } from './normal.ts';

/**
 * Wilson's score interval for a proportion (Wilson 1927): right on average even for few trials and rates near 0 or 1.
 *
 * @throws RangeError unless 0 <= successes <= trials and trials >= 1.
 * @example wilson(45, 50); // { low: 0.786, high: 0.957 }
 */
export function wilson(successes: number, trials: number, options: Confidence = {}): Interval {
  requireCounts(successes, trials);
  const z = normalQuantile(1 - tailOf(options));
  const rate = successes / trials;
  const share = (z * z) / trials;
  const center = (rate + share / 2) / (1 + share);
  const half = (z / (1 + share)) * Math.sqrt((rate * (1 - rate)) / trials + share / (4 * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, center - half),
    high: successes === trials ? 1 : Math.min(1, center + half),
  };
}

/**
 * The exact interval for a proportion (Clopper and Pearson 1934): never covers less than it says, so it is wider than Wilson's.
 *
 * @example clopperPearson(45, 50); // { low: 0.782, high: 0.967 }
 */
export function clopperPearson(successes: number, trials: number, options: Confidence = {}): Interval {
  requireCounts(successes, trials);
  const tail = tailOf(options);
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}

/**
 * Newcombe's hybrid score interval for the difference of two independent proportions, first minus second (Newcombe 1998a, method 10).
 *
 * @example newcombe(56, 70, 48, 80); // { difference: 0.2, low: 0.052, high: 0.334 }
 */
export function newcombe(
  successes1: number,
  trials1: number,
  successes2: number,
  trials2: number,
  options: Confidence = {},
): Interval & { readonly difference: number } {
  const [first, second] = [wilson(successes1, trials1, options), wilson(successes2, trials2, options)];
  const [rate1, rate2] = [successes1 / trials1, successes2 / trials2];
  const difference = rate1 - rate2;
  return {
    difference,
    low: difference - Math.hypot(rate1 - first.low, second.high - rate2),
    high: difference + Math.hypot(first.high - rate1, rate2 - second.low),
  };
}

/** How the same samples came out twice. */
export interface PairedCounts {
  readonly bothPassed: number;
  /** Passed before, failed now. */
  readonly broken: number;
  /** Failed before, passed now. */
  readonly fixed: number;
  readonly bothFailed: number;
}

/**
 * Newcombe's interval for the difference of two paired proportions, now minus before (Newcombe 1998b, method 10): Wilson's limits of
 * both, joined with the correlation phi of the pairs.
 *
 * @example newcombePaired({ bothPassed: 36, broken: 10, fixed: 1, bothFailed: 3 }).difference; // -0.18
 */
export function newcombePaired(
  counts: PairedCounts,
  options: Confidence = {},
): Interval & { readonly difference: number } {
  const { bothPassed: e, broken: f, fixed: g, bothFailed: h } = counts;
  for (const [name, count] of Object.entries(counts)) requireInteger(count, name, 0);
  const n = e + f + g + h;
  const [now, before] = [wilson(e + g, n, options), wilson(e + f, n, options)];
  const [rateNow, rateBefore] = [(e + g) / n, (e + f) / n];
  const spread = Math.sqrt((e + f) * (g + h) * (e + g) * (f + h));
  const excess = e * h - f * g;
  // The continuity correction of a positive correlation that Newcombe found to keep coverage.
  const corrected = excess > 0 ? Math.max(excess - n / 2, 0) : excess;
  const phi = spread === 0 ? 0 : corrected / spread;
  const reach = (a: number, b: number): number => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  const difference = (g - f) / n;
  return {
    difference,
    low: difference - reach(rateNow - now.low, before.high - rateBefore),
    high: difference + reach(now.high - rateNow, rateBefore - before.low),
  };
}

function requireCounts(successes: number, trials: number): void {
  requireInteger(trials, 'trials', 1);
  requireInteger(successes, 'successes', 0, trials);
}
