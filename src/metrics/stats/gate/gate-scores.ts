import { requireInteger } from '../../check.ts';
import { clusteredInterval, meanOf, tInterval } from '../mean.ts';
import { pairDifferences } from '../paired-t.ts';
import { sampleSize } from '../sample-size.ts';
import { tQuantile, tTails } from '../student-t.ts';
import { type GateOptions, type GateResult, judge, readSettings, samplesToSettle } from './gate.ts';
import { studentizedBootstrap } from './studentized-bootstrap.ts';

export interface GateScoresOptions extends GateOptions {
  /** `paired-t` by default; `bootstrap` for few, skewed scores. */
  readonly method?: 'paired-t' | 'bootstrap';
  /** The cluster of each sample, for samples that aren't independent; with `paired-t` only. */
  readonly clusters?: readonly (string | number)[] | undefined;
  /** Of the bootstrap, default 1. */
  readonly seed?: number;
  /** Of the bootstrap, default 4999. */
  readonly resamples?: number;
}

const MOST_SAMPLES = 1_000_000;

/**
 * Judges a new version against the old one by scores of the same samples, epochs averaged before: the paired t test, with clustered
 * standard errors where clusters are given, or a studentised bootstrap. A higher score is better.
 *
 * @param before the old version's score of each sample
 * @param now the new version's, in the same order
 * @throws RangeError for no pairs, lists of different lengths, or a NaN.
 * @example gateScores([0.9, 0.8, 0.7, 0.9], [0.5, 0.4, 0.2, 0.5]).verdict; // 'regressed'
 */
export function gateScores(
  before: readonly number[],
  now: readonly number[],
  options: GateScoresOptions = {},
): GateResult {
  const { alpha, power, margin } = readSettings(options);
  const { method = 'paired-t', clusters } = options;
  if (method === 'bootstrap' && clusters) throw new RangeError('clusters need the method paired-t');
  const differences = pairDifferences(before, now);
  const samples = differences.length;
  const gotWorse = differences.some((difference) => difference < 0);
  if (samples < 2) {
    const difference = differences[0]!;
    const interval = { low: -Infinity, high: Infinity };
    const verdict = gotWorse ? 'inconclusive' : 'pass';
    return {
      verdict,
      test: method,
      samples,
      difference,
      interval,
      pValue: 1,
      smallestEffect: null,
      moreSamples: null,
      alpha,
      margin,
    };
  }

  const confidence = 1 - alpha;
  const estimate = clusters
    ? clusteredInterval(differences, clusters, { confidence })
    : tInterval(differences, { confidence });
  const { mean: difference, standardError, degrees } = estimate;
  // Rounding leaves a trace of spread among equal differences.
  const isConstant = standardError <= 1e-12 * Math.abs(meanOf(differences.map(Math.abs)));
  const constantP = difference === 0 ? 1 : 0;
  const test =
    method === 'bootstrap' && !isConstant
      ? studentizedBootstrap(differences, { ...readBootstrap(options), alpha })
      : {
          interval: { low: estimate.low, high: estimate.high },
          pValue: isConstant ? constantP : tTails(difference / standardError, degrees),
        };
  const verdict = judge({ ...test, difference, alpha, margin }, gotWorse);
  const seen = (tQuantile(1 - alpha / 2, degrees) + tQuantile(power, degrees)) * standardError;
  let moreSamples: number | null = 0;
  if (verdict === 'inconclusive') {
    const needed = Math.ceil(sampleSize({ effect: margin, variance: samples * standardError ** 2, alpha, power }));
    moreSamples = needed > samples ? needed - samples : samplesToSettle(samples, test.interval, difference, margin);
    if (moreSamples > MOST_SAMPLES) moreSamples = null;
  }
  return {
    verdict,
    test: method,
    samples,
    difference,
    ...test,
    smallestEffect: isConstant ? null : seen,
    moreSamples,
    alpha,
    margin,
  };
}

function readBootstrap({ seed = 1, resamples = 4999 }: GateScoresOptions): { seed: number; resamples: number } {
  requireInteger(resamples, 'resamples', 99, 10_000_000);
  return { seed, resamples };
}
