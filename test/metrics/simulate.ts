import type { PairedCounts } from '../../src/metrics/stats/index.ts';

/** A standard normal number (Box and Muller). */
export const normalFrom = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Outcomes of an old and a new version: chance flips as many each way, and then the new one loses `drop` of its passes at random. */
export function pairsFrom(
  random: () => number,
  samples: number,
  { passRate, flipRate }: { readonly passRate: number; readonly flipRate: number },
  drop: number,
): PairedCounts {
  const counts = { bothPassed: 0, broken: 0, fixed: 0, bothFailed: 0 };
  for (let sample = 0; sample < samples; sample++) {
    const passed = random() < passRate;
    const flips = random() < flipRate / (passed ? passRate : 1 - passRate);
    const passesNow = passed !== flips && random() >= drop / passRate;
    if (passed) counts[passesNow ? 'bothPassed' : 'broken']++;
    else counts[passesNow ? 'fixed' : 'bothFailed']++;
  }
  return counts;
}
