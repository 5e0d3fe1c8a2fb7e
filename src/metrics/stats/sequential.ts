import { requireInteger, requireNumber } from '../check.ts';
import { logGamma } from './gamma.ts';
import { type Confidence, type Interval, tailOf } from './interval.ts';
import { requireValues } from './mean.ts';

export interface MsprtOptions extends Confidence {
  /** The known variance of one value. */
  readonly variance: number;
  /** The variance of the effects mixed over, the square of a typical effect: sets where the test is sharpest, not whether it's valid. */
  readonly mixingVariance: number;
  /** The mean under the null hypothesis, default 0. */
  readonly nullMean?: number;
}

export interface SequentialStep extends Interval {
  readonly mean: number;
}

/**
 * The mixture sequential probability ratio test (Robbins 1970; Johari et al. 2017): after each value a p-value and an interval that
 * hold together at all times, so that one may look after every sample and stop when pleased.
 *
 * @throws RangeError for a NaN, or a variance that isn't above 0.
 * @example msprt([0.3, 0.5, 0.4], { variance: 0.16, mixingVariance: 0.04 }).at(-1)?.pValue;
 */
export function msprt(
  values: readonly number[],
  options: MsprtOptions,
): (SequentialStep & { readonly pValue: number })[] {
  requireValues(values, 1);
  const { variance, mixingVariance: mixing, nullMean = 0 } = options;
  requireNumber(variance, 'variance', Number.MIN_VALUE);
  requireNumber(mixing, 'mixingVariance', Number.MIN_VALUE);
  requireNumber(nullMean, 'nullMean');
  const alpha = 2 * tailOf(options);
  let [sum, pValue] = [0, 1];
  return values.map((value, at) => {
    const n = at + 1;
    sum += value;
    const mean = sum / n;
    const widened = variance + n * mixing;
    const exponent = (n * n * mixing * (mean - nullMean) ** 2) / (2 * variance * widened);
    pValue = Math.min(pValue, Math.exp(-exponent) / Math.sqrt(variance / widened));
    const half = Math.sqrt(
      ((variance * widened) / (n * n * mixing)) * (Math.log(widened / variance) - 2 * Math.log(alpha)),
    );
    return { mean, low: mean - half, high: mean + half, pValue };
  });
}

/**
 * The asymptotic confidence sequence of Waudby-Smith et al. (2024, "Time-uniform central limit theory", eq. 1.2 and appendix B.2): as
 * `msprt`'s intervals, with the variance estimated as values come in. It is asymptotic: believe it from some tens of values on.
 * The first value has no variance yet and the whole line as its interval.
 *
 * @param options.sharpestAt the number of values at which the interval should be narrowest, default 100
 * @example confidenceSequence([0.1, 0.4, 0.2]).at(-1);
 */
export function confidenceSequence(
  values: readonly number[],
  options: Confidence & { readonly sharpestAt?: number } = {},
): SequentialStep[] {
  requireValues(values, 1);
  const { sharpestAt = 100 } = options;
  requireInteger(sharpestAt, 'sharpestAt', 1);
  const alpha = 2 * tailOf(options);
  const rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / sharpestAt;
  let [mean, squares] = [0, 0];
  return values.map((value, at) => {
    const n = at + 1;
    const before = mean;
    mean += (value - before) / n;
    squares += (value - before) * (value - mean);
    if (n === 1) return { mean, low: -Infinity, high: Infinity };
    const spread = n * rho2 + 1;
    const half = Math.sqrt((squares / n) * ((2 * spread) / (n * n * rho2)) * Math.log(Math.sqrt(spread) / alpha));
    return { mean, low: mean - half, high: mean + half };
  });
}

/**
 * The evidence against an even split of changed pairs, as a bet that may be watched while pairs come in: 2^n b! c! / (n + 1)!, the
 * uniform mixture of all chances. Over 20 rejects at 5 %, at any time.
 *
 * @example signEValue(20, 5); // 24.3
 */
export function signEValue(b: number, c: number): number {
  requireInteger(b, 'b', 0);
  requireInteger(c, 'c', 0);
  return Math.exp((b + c) * Math.LN2 + logGamma(b + 1) + logGamma(c + 1) - logGamma(b + c + 2));
}
