import { type Interval, normalQuantile } from '../../metrics/stats/index.ts';

/** How far a judge's errors go with the length of what it judged: above 0 it favours long answers more than people do. */
export interface LengthBias extends Interval {
  readonly correlation: number;
}

/**
 * Spearman's rank correlation of lengths with errors (the judge's verdict minus the person's), ties by mean ranks, with the interval by
 * Fisher's transform and the variance 1.06/(n - 3) of Fieller, Hartley and Pearson (1957). Undefined where it can't be told: for fewer than four
 * answers, or where all lengths or all errors are the same.
 */
export function lengthBias(lengths: readonly number[], errors: readonly number[]): LengthBias | undefined {
  if (lengths.length < 4) return undefined;
  const correlation = correlationOf(ranks(lengths), ranks(errors));
  if (Number.isNaN(correlation)) return undefined;
  const half = normalQuantile(0.975) * Math.sqrt(1.06 / (lengths.length - 3));
  const center = Math.atanh(correlation);
  return { correlation, low: Math.tanh(center - half), high: Math.tanh(center + half) };
}

/** From 1; equal values share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const made = values.map(() => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) made[order[at]!] = (from + to + 1) / 2;
    from = to;
  }
  return made;
}

/** Pearson's correlation of ranks, whose mean is known. */
function correlationOf(xs: readonly number[], ys: readonly number[]): number {
  const mean = (xs.length + 1) / 2;
  let [products, squaresX, squaresY] = [0, 0, 0];
  xs.forEach((x, at) => {
    const y = ys[at]!;
    products += (x - mean) * (y - mean);
    squaresX += (x - mean) ** 2;
    squaresY += (y - mean) ** 2;
  });
  return Math.max(-1, Math.min(1, products / Math.sqrt(squaresX * squaresY)));
}
