import { gatePairs, type GateResult, gateScores, judgeTogether } from '../metrics/stats/index.ts';

/** One measure of the same samples, old and new, epochs reduced. */
export interface Pairs {
  /** `pass rate`, or an evaluator's name. */
  readonly measure: string;
  readonly before: readonly number[];
  readonly now: readonly number[];
  /** The cluster of each sample, where rows name clusters. */
  readonly clusters?: readonly (string | number)[] | undefined;
}

/** How one measure moved from the old version to the new one. */
export interface Comparison extends GateResult {
  readonly measure: string;
  readonly before: number;
  readonly now: number;
}

/**
 * Judges each measure: yes-or-no outcomes by McNemar's exact test, scores and clustered outcomes by the paired t test, all together by
 * Holm. A drop that chance could explain is inconclusive, never a pass.
 */
export function compare(measures: readonly Pairs[]): Comparison[] {
  const tested = measures.filter(({ before }) => before.length > 0);
  const gates = judgeTogether(tested.map(gateOf));
  return tested.map(({ measure, before, now }, at) => ({
    measure,
    before: meanOf(before),
    now: meanOf(now),
    ...gates[at]!,
  }));
}

function gateOf({ before, now, clusters }: Pairs): GateResult {
  if (clusters && new Set(clusters).size > 1) return gateScores(before, now, { clusters });
  return isBinary(before) && isBinary(now) ? gatePairs(countsOf(before, now)) : gateScores(before, now);
}

function isBinary(values: readonly number[]): boolean {
  return values.every((value) => value === 0 || value === 1);
}

function countsOf(
  before: readonly number[],
  now: readonly number[],
): { bothPassed: number; broken: number; fixed: number; bothFailed: number } {
  const counts = { bothPassed: 0, broken: 0, fixed: 0, bothFailed: 0 };
  before.forEach((old, at) => {
    if (old === 1) counts[now[at] === 1 ? 'bothPassed' : 'broken']++;
    else counts[now[at] === 1 ? 'fixed' : 'bothFailed']++;
  });
  return counts;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
