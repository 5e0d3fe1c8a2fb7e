import { requireInteger } from '../../check.ts';
import { mcnemar } from '../mcnemar.ts';
import { newcombePaired, type PairedCounts } from '../proportion.ts';
import { type GateOptions, type GateResult, judge, readSettings, samplesToSettle } from './gate.ts';
import { type PairNoise, pairsToShow, smallestDrop } from './pair-power.ts';

/**
 * Judges a new version against the old one by yes or no outcomes of the same samples: McNemar's exact test, with Newcombe's paired
 * interval. Samples must be independent; where they come in clusters, judge 0 and 1 by `gateScores` with clusters.
 *
 * @throws RangeError for no pairs.
 * @example
 * gatePairs({ bothPassed: 36, broken: 10, fixed: 1, bothFailed: 3 });
 * // { verdict: 'regressed', difference: -0.18, pValue: 0.012, smallestEffect: 0.18, moreSamples: 0, ... }
 */
export function gatePairs(counts: PairedCounts, options: GateOptions = {}): GateResult {
  const settings = readSettings(options);
  const { alpha, power, margin } = settings;
  const { bothPassed, broken, fixed, bothFailed } = counts;
  const samples = bothPassed + broken + fixed + bothFailed;
  requireInteger(samples, 'the number of pairs', 1);
  const { difference, low, high } = newcombePaired(counts, { confidence: 1 - alpha });
  const interval = { low, high };
  const pValue = mcnemar(broken, fixed).exact;
  const verdict = judge({ pValue, difference, interval, alpha, margin }, broken > 0);
  // Unless the change is beyond chance, all flips are taken for noise; else only those that the other way's match.
  const flips = pValue < alpha ? Math.min(broken, fixed) : (broken + fixed) / 2;
  const noise: PairNoise = { passRate: (bothPassed + broken) / samples, flipRate: flips / samples };
  let moreSamples: number | null = 0;
  if (verdict === 'inconclusive') {
    const needed = pairsToShow(margin, noise, alpha, power);
    moreSamples =
      needed === null || needed > samples ? needed : samples + samplesToSettle(samples, interval, difference, margin);
    if (moreSamples !== null) moreSamples -= samples;
  }
  return {
    verdict,
    test: 'mcnemar-exact',
    samples,
    difference,
    interval,
    pValue,
    smallestEffect: smallestDrop(samples, noise, alpha, power),
    moreSamples,
    alpha,
    margin,
  };
}

/** Counts pairs of outcomes, sample by sample. @example countPairs([true, true], [true, false]).broken; // 1 */
export function countPairs(before: readonly boolean[], now: readonly boolean[]): PairedCounts {
  if (before.length !== now.length)
    throw new RangeError(`pairs need lists of one length, got ${before.length} and ${now.length}`);
  const counts = { bothPassed: 0, broken: 0, fixed: 0, bothFailed: 0 };
  before.forEach((passed, at) => {
    if (passed) counts[now[at] ? 'bothPassed' : 'broken']++;
    else counts[now[at] ? 'fixed' : 'bothFailed']++;
  });
  return counts;
}
