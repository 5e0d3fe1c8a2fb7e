import { requireNumber } from '../check.ts';
import { normalQuantile } from './normal.ts';

export interface Power {
  /** The chance of a false alarm, two-sided, default 0.05. */
  readonly alpha?: number;
  /** The chance to see the effect, default 0.8. */
  readonly power?: number;
}

/** z(1 - alpha / 2) + z(power): how many standard errors an effect must measure. */
function standardErrors({ alpha = 0.05, power = 0.8 }: Power): number {
  requireNumber(alpha, 'alpha', Number.EPSILON, 1 - Number.EPSILON);
  requireNumber(power, 'power', Number.EPSILON, 1 - Number.EPSILON);
  return normalQuantile(1 - alpha / 2) + normalQuantile(power);
}

/**
 * How many samples show a mean difference of `effect`, not rounded: (z(1 - alpha/2) + z(power))^2 variance / effect^2.
 *
 * The variance is that of one sample's difference. Paired scores: the variance of the differences. Two versions on the same questions,
 * each answered K times (Miller 2024, eq. 9): omega^2 + sigmaA^2 / KA + sigmaB^2 / KB.
 *
 * @throws RangeError for an effect of 0, or a variance below 0.
 * @example sampleSize({ effect: 0.05, variance: 0.09 }); // 282.6
 */
export function sampleSize({
  effect,
  variance,
  ...power
}: Power & { readonly effect: number; readonly variance: number }): number {
  requireEffect(effect);
  requireNumber(variance, 'variance', 0);
  return (standardErrors(power) ** 2 * variance) / effect ** 2;
}

/**
 * How many samples each of two independent groups needs to tell their rates apart: the variance is p1 (1 - p1) + p2 (1 - p2).
 *
 * @example sampleSizeOfRates(0.9, 0.85); // 682.9
 */
export function sampleSizeOfRates(rate1: number, rate2: number, power: Power = {}): number {
  requireNumber(rate1, 'rate1', 0, 1);
  requireNumber(rate2, 'rate2', 0, 1);
  return sampleSize({ effect: rate1 - rate2, variance: rate1 * (1 - rate1) + rate2 * (1 - rate2), ...power });
}

/**
 * How many pairs of yes or no outcomes show a difference of rates, when the given share of pairs changes either way: the variance is
 * discordant - effect^2.
 *
 * @example sampleSizeOfPairs({ effect: 0.05, discordant: 0.1 }); // 306.1
 */
export function sampleSizeOfPairs({
  effect,
  discordant,
  ...power
}: Power & { readonly effect: number; readonly discordant: number }): number {
  requireEffect(effect);
  requireNumber(discordant, 'discordant', Math.abs(effect), 1);
  return sampleSize({ effect, variance: discordant - effect ** 2, ...power });
}

/**
 * The smallest mean difference that n samples show: (z(1 - alpha/2) + z(power)) deviation / sqrt(n).
 *
 * @param deviation the standard deviation of one sample's difference
 * @example smallestEffect({ samples: 100, deviation: 0.3 }); // 0.084
 */
export function smallestEffect({
  samples,
  deviation,
  ...power
}: Power & { readonly samples: number; readonly deviation: number }): number {
  requireNumber(samples, 'samples', 1);
  requireNumber(deviation, 'deviation', 0);
  return (standardErrors(power) * deviation) / Math.sqrt(samples);
}

function requireEffect(effect: number): void {
  requireNumber(effect, 'effect');
  if (effect === 0) throw new RangeError('no number of samples shows an effect of 0');
}
