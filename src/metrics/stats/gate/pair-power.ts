import { binomialTail } from '../beta.ts';
import { logGamma } from '../gamma.ts';
import { normalQuantile } from '../normal.ts';

/** How pairs behave before any real change: the rate that passes, and the rate that flips either way by chance alone. */
export interface PairNoise {
  readonly passRate: number;
  readonly flipRate: number;
}

const MOST_SAMPLES = 1_000_000;

/**
 * The smallest drop of the pass rate that n pairs show with the given power, by the exact test's own distribution; null where even
 * losing every pass wouldn't show.
 */
export function smallestDrop(samples: number, noise: PairNoise, alpha: number, power: number): number | null {
  const critical = criticalCounts(alpha);
  if (noise.passRate <= 0 || powerOf(samples, noise, noise.passRate, critical) < power) return null;
  let [low, high] = [0, noise.passRate];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    if (powerOf(samples, noise, middle, critical) < power) low = middle;
    else high = middle;
  }
  return high;
}

/** How many pairs show a drop with the given power; null beyond a million. */
export function pairsToShow(drop: number, noise: PairNoise, alpha: number, power: number): number | null {
  const critical = criticalCounts(alpha);
  if (drop > noise.passRate) return null;
  let [low, high] = [0, 1];
  while (powerOf(high, noise, drop, critical) < power) {
    if (high > MOST_SAMPLES) return null;
    [low, high] = [high, high * 2];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (powerOf(middle, noise, drop, critical) < power) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The chance that McNemar's exact test calls a drop. A drop breaks what would have passed at random: some broken pairs are new, and
 * some of those that chance would have fixed aren't.
 */
function powerOf(
  samples: number,
  { passRate, flipRate }: PairNoise,
  drop: number,
  critical: (changed: number) => number,
): number {
  const flips = Math.min(flipRate, passRate);
  const breaking = drop / passRate;
  const broken = flips + breaking * (passRate - flips);
  const changedRate = Math.min(1, broken + flips * (1 - breaking));
  if (changedRate === 0) return 0;
  const reach = 9 * Math.sqrt(samples * changedRate * (1 - changedRate)) + 9;
  const from = Math.max(0, Math.floor(samples * changedRate - reach));
  const to = Math.min(samples, Math.ceil(samples * changedRate + reach));
  let power = 0;
  for (let changed = from; changed <= to; changed++) {
    const needed = critical(changed);
    if (needed > changed) continue;
    power +=
      binomialChance(changed, samples, changedRate) * binomialTail(needed, changed, Math.min(1, broken / changedRate));
  }
  return power;
}

/** The fewest pairs that must go one way, of so many changed, for the two-sided exact test to reject. */
function criticalCounts(alpha: number): (changed: number) => number {
  const countByChanged = new Map<number, number>();
  const z = normalQuantile(1 - alpha / 2);
  const isRejected = (count: number, changed: number): boolean => 2 * binomialTail(count, changed, 0.5) < alpha;
  return (changed) => {
    let count = countByChanged.get(changed);
    if (count === undefined) {
      count = Math.ceil((changed + z * Math.sqrt(changed)) / 2);
      while (count <= changed && !isRejected(count, changed)) count++;
      while (count > 0 && isRejected(count - 1, changed)) count--;
      countByChanged.set(changed, count);
    }
    return count;
  };
}

function binomialChance(k: number, n: number, p: number): number {
  if (p >= 1) return k === n ? 1 : 0;
  return Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
