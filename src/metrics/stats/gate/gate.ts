import { requireNumber } from '../../check.ts';
import type { Interval } from '../interval.ts';
import { holm } from '../multiple.ts';

/** `inconclusive`: there may be a drop that matters, and this many samples can't tell. */
export type Verdict = 'pass' | 'regressed' | 'inconclusive';

export interface GateOptions {
  /** The chance of calling a change where there is none, both ways together, default 0.05. */
  readonly alpha?: number;
  /** The chance that `smallestEffect` and `moreSamples` are made for, default 0.8. */
  readonly power?: number;
  /** The smallest drop that matters, in units of the score, default 0.05: pass says that there is none so large. */
  readonly margin?: number;
}

export interface GateResult {
  readonly verdict: Verdict;
  readonly test: 'mcnemar-exact' | 'paired-t' | 'bootstrap';
  readonly samples: number;
  /** New minus old: below 0 is a drop. */
  readonly difference: number;
  /** Of the difference, with confidence 1 - alpha. */
  readonly interval: Interval;
  /** Two-sided. */
  readonly pValue: number;
  /** The smallest drop that so many samples show with the asked power; null where they are too few, or too equal, to show any. */
  readonly smallestEffect: number | null;
  /** How many more samples would settle an inconclusive answer at this margin; 0 for the other answers, null beyond a million. */
  readonly moreSamples: number | null;
  readonly alpha: number;
  readonly margin: number;
}

export type Settings = Required<GateOptions>;

export function readSettings(options: GateOptions): Settings {
  const { alpha = 0.05, power = 0.8, margin = 0.05 } = options;
  requireNumber(alpha, 'alpha', Number.EPSILON, 0.5);
  requireNumber(power, 'power', 0.5, 1 - Number.EPSILON);
  requireNumber(margin, 'margin', Number.EPSILON);
  return { alpha, power, margin };
}

/**
 * A drop beyond chance is a regression, however small. Without one, the gate passes where no sample got worse, where the gain is
 * beyond chance, or where the interval leaves out every drop that matters.
 */
export function judge(
  {
    pValue,
    difference,
    interval,
    alpha,
    margin,
  }: Pick<GateResult, 'pValue' | 'difference' | 'interval' | 'alpha' | 'margin'>,
  gotWorse: boolean,
): Verdict {
  if (pValue < alpha) return difference < 0 ? 'regressed' : 'pass';
  return !gotWorse || interval.low > -margin ? 'pass' : 'inconclusive';
}

/**
 * Several gates judged together: p-values are Holm's, so that the chance of any false alarm among them stays under alpha. A drop
 * that is beyond chance on its own but not among so many becomes inconclusive.
 *
 * @example judgeTogether([gatePairs(toneCounts), gatePairs(factCounts)]);
 */
export function judgeTogether(gates: readonly GateResult[]): GateResult[] {
  const adjusted = holm(gates.map((gate) => gate.pValue));
  return gates.map((gate, at) => {
    const pValue = adjusted[at]!;
    const isLost = gate.verdict === 'regressed' && pValue >= gate.alpha;
    return { ...gate, pValue, verdict: isLost ? judge({ ...gate, pValue }, true) : gate.verdict };
  });
}

/** Samples to add so that an interval around the same difference would leave out 0 or the margin, whichever is further from it. */
export function samplesToSettle(samples: number, { low, high }: Interval, difference: number, margin: number): number {
  const half = (high - low) / 2;
  const distance = Math.max(difference + margin, -difference);
  return Math.max(1, Math.ceil(samples * (half / distance) ** 2) - samples);
}
