/** What happens to an order without a match, which would make the geometric mean zero (Chen and Cherry 2014, methods 1 to 3). */
export type BleuSmoothing = 'exp' | 'floor' | 'add-k' | 'none';

/** The counts that BLEU is made of, summed over the corpus before any division. */
export interface BleuCounts {
  readonly matches: readonly number[];
  readonly totals: readonly number[];
  readonly hypothesisLength: number;
  readonly referenceLength: number;
}

export interface Smoothing {
  readonly smoothMethod: BleuSmoothing;
  readonly smoothValue: number;
  readonly effectiveOrder: boolean;
}

/**
 * BLEU from its counts: the brevity penalty exp(1 - r/c) for c < r, times the geometric mean of the n-gram precisions (Papineni et
 * al. 2002), in the order of operations of sacreBLEU 2.6, so that the last digits agree too.
 */
export function scoreBleu(
  counts: BleuCounts,
  smoothing: Smoothing,
): { score: number; precisions: number[]; brevityPenalty: number } {
  const { matches, totals, hypothesisLength, referenceLength } = counts;
  const { smoothMethod, smoothValue } = smoothing;
  let brevityPenalty = 1;
  if (hypothesisLength < referenceLength) {
    brevityPenalty = hypothesisLength > 0 ? Math.exp(1 - referenceLength / hypothesisLength) : 0;
  }
  const precisions = matches.map(() => 0);
  if (matches.every((count) => count === 0)) return { score: 0, precisions, brevityPenalty };

  let halving = 1;
  let order = matches.length;
  for (let n = 1; n <= matches.length; n++) {
    const added = smoothMethod === 'add-k' && n > 1 ? smoothValue : 0;
    const matched = matches[n - 1]! + added;
    const total = totals[n - 1]! + added;
    if (total === 0) break;
    if (smoothing.effectiveOrder) order = n;
    if (matched > 0) precisions[n - 1] = (100 * matched) / total;
    else if (smoothMethod === 'exp') precisions[n - 1] = 100 / ((halving *= 2) * total);
    else if (smoothMethod === 'floor') precisions[n - 1] = (100 * smoothValue) / total;
  }
  let logs = 0;
  // sacreBLEU's log(0) is a large negative number, so that the score of an unsmoothed miss is an exact zero.
  for (const precision of precisions.slice(0, order)) logs += precision === 0 ? -9999999999 : Math.log(precision);
  return { score: brevityPenalty * Math.exp(logs / order), precisions, brevityPenalty };
}
