/** Median, and the spread between the quartiles, of some samples. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/**
 * Times some contenders round by round, so that what disturbs the machine disturbs all of them. A round runs each once, in an order
 * that turns. Gives milliseconds a run.
 */
export async function interleaved(
  contenders: Readonly<Record<string, () => unknown>>,
  options: { readonly rounds: number; readonly warmup?: number },
): Promise<Record<string, Spread>> {
  const names = Object.keys(contenders);
  const samples = new Map<string, number[]>(names.map((name) => [name, []]));
  for (let round = -(options.warmup ?? 2); round < options.rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + Math.max(0, round)) % names.length]!;
      const start = performance.now();
      await contenders[name]!();
      const took = performance.now() - start;
      if (round >= 0) samples.get(name)!.push(took);
    }
  }
  return Object.fromEntries([...samples].map(([name, list]) => [name, spread(list)]));
}

/** One line a contender: median, quartiles, and its ratio to the first. */
export function table(title: string, results: Readonly<Record<string, Spread>>, unit = 'ms'): string {
  const entries = Object.entries(results);
  const base = entries[0]![1].median;
  const width = Math.max(...entries.map(([name]) => name.length));
  const lines = entries.map(
    ([name, { median, low, high }]) =>
      `  ${name.padEnd(width)}  ${median.toFixed(3).padStart(10)} ${unit}  [${low.toFixed(3)} - ${high.toFixed(3)}]  ${(median / base).toFixed(2)}x`,
  );
  return `${title}\n${lines.join('\n')}`;
}

/** A bound, and whether it holds. */
export function verdict(what: string, value: number, bound: number, sense: 'at most' | 'at least'): string {
  const holds = sense === 'at most' ? value <= bound : value >= bound;
  return `  ${holds ? 'holds' : 'FAILS'}  ${what}: ${value.toFixed(2)}, ${sense} ${bound}`;
}
