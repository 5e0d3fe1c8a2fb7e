import { requireNumber } from '../../check.ts';
import { type Interval } from '../interval.ts';
import { wilson } from '../proportion.ts';

export interface RateGateResult {
  readonly verdict: 'pass' | 'failed' | 'inconclusive';
  readonly rate: number;
  /** Wilson's. */
  readonly interval: Interval;
  /** How many more samples at the same rate would settle an inconclusive answer; null beyond a million. */
  readonly moreSamples: number | null;
}

const MOST_SAMPLES = 1_000_000;

/**
 * Judges a rate against a bound it must reach, such as a pass rate of 90 %: pass where Wilson's whole interval is at or above it,
 * failed where it is below.
 *
 * @throws RangeError unless 0 <= successes <= trials and trials >= 1.
 * @example gateRate(46, 50, { minimum: 0.9 }).verdict; // 'inconclusive': 0.81 to 0.97
 */
export function gateRate(
  successes: number,
  trials: number,
  options: { readonly minimum: number; readonly confidence?: number },
): RateGateResult {
  const { minimum, confidence = 0.95 } = options;
  requireNumber(minimum, 'minimum', 0, 1);
  const rate = successes / trials;
  const interval = wilson(successes, trials, { confidence });
  const isSettled = ({ low, high }: Interval): boolean => low >= minimum || high < minimum;
  if (isSettled(interval)) {
    return { verdict: interval.low >= minimum ? 'pass' : 'failed', rate, interval, moreSamples: 0 };
  }
  let total = trials;
  while (total <= MOST_SAMPLES && !isSettled(wilson(Math.round(rate * total), total, { confidence }))) {
    total = Math.ceil(total * 1.02) + 1;
  }
  return { verdict: 'inconclusive', rate, interval, moreSamples: total > MOST_SAMPLES ? null : total - trials };
}
