import { requireNumber } from '../check.ts';
import { upperGamma } from './gamma.ts';

/** The chance that a standard normal variable is below z. @example normalCdf(1.96); // 0.975 */
export function normalCdf(z: number): number {
  requireNumber(z, 'z');
  const tail = upperGamma(0.5, (z * z) / 2) / 2;
  return z < 0 ? tail : 1 - tail;
}

/**
 * The z below which a standard normal variable lies with chance p.
 *
 * @throws RangeError unless 0 < p < 1.
 * @example normalQuantile(0.975); // 1.96
 */
export function normalQuantile(p: number): number {
  requireNumber(p, 'p', Number.MIN_VALUE, 1 - Number.EPSILON / 2);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // Abramowitz and Stegun 26.2.23 starts within 5e-4 of the root; each Halley step triples the digits.
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  for (let step = 0; step < 4; step++) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    const error = (upperGamma(0.5, (z * z) / 2) / 2 - tail) / density;
    z += error / (1 - (z * error) / 2);
  }
  return p < 0.5 ? -z : z;
}
