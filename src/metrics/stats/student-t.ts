import { requireNumber } from '../check.ts';
import { incompleteBeta, solveIncreasing } from './beta.ts';

/** The chance that |T| exceeds |t|, with the given degrees of freedom. */
export function tTails(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/**
 * The t below which Student's T lies with chance p.
 *
 * @throws RangeError unless 0 < p < 1 and degrees > 0.
 * @example tQuantile(0.975, 9); // 2.262
 */
export function tQuantile(p: number, degrees: number): number {
  requireNumber(p, 'p', Number.MIN_VALUE, 1 - Number.EPSILON / 2);
  requireNumber(degrees, 'degrees', Number.MIN_VALUE);
  const tails = 2 * Math.min(p, 1 - p);
  if (tails === 1) return 0;
  let high = 1;
  while (tTails(high, degrees) > tails) high *= 2;
  const t = solveIncreasing((x) => -tTails(x, degrees), -tails, 0, high);
  return p < 0.5 ? -t : t;
}
