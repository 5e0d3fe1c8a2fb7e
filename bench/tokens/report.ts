import type { Figures } from './measure.ts';

const OURS = 'promptctl';
const NODE = 'node itself';

/** Every figure of every round, by job, library and name. */
export class Samples {
  private readonly values = new Map<string, number[]>();
  private readonly libraries = new Set<string>();

  add(job: string, library: string, figures: Figures): void {
    this.libraries.add(library);
    for (const [name, value] of Object.entries(figures)) {
      const key = `${job}/${library}/${name}`;
      this.values.set(key, [...(this.values.get(key) ?? []), value]);
    }
  }

  of(job: string, library: string, name: string): readonly number[] {
    return this.values.get(`${job}/${library}/${name}`) ?? [];
  }

  get peers(): readonly string[] {
    return [...this.libraries].filter((library) => library !== OURS && library !== NODE);
  }

  /** Whether a library took so much longer than the fastest peer that more rounds would say nothing new. */
  isHopeless(job: string, library: string, factor: number): boolean {
    if (library === OURS) return false;
    const [name] = ['first', 'load', 'process'].filter((name) => this.of(job, library, name).length > 0);
    if (name === undefined) return false;
    const best = Math.min(...this.peers.flatMap((peer) => this.of(job, peer, name)));
    const seconds = name === 'first' ? Math.min(...this.peers.flatMap((peer) => this.of(job, peer, 'second'))) : 0;
    const ownSecond = name === 'first' ? Math.min(...this.of(job, library, 'second')) : Infinity;
    return Math.min(...this.of(job, library, name)) > factor * best && ownSecond > factor * seconds;
  }
}

interface Row {
  readonly what: string;
  readonly ours: readonly number[];
  readonly best: { readonly name: string; readonly values: readonly number[] };
  /** How many times faster than the best peer we must be. */
  readonly atLeast: number;
}

const FIRST: Readonly<Record<string, number>> = {
  English: 3,
  code: 3,
  JSON: 3,
  Arabic: 3,
  'short strings': 3,
  Chinese: 1.7,
  Japanese: 1.7,
  emoji: 1.7,
};
const SECOND: Readonly<Record<string, number>> = { English: 2, code: 2, JSON: 2, 'short strings': 2 };

/** Prints each bound, what was measured, and whether it holds. */
export function report(samples: Samples): void {
  const rows: Row[] = [
    row(samples, 'load', 'load', 12),
    row(samples, 'files', 'process', 4, median(samples.of('files', NODE, 'process'))),
    ...Object.entries(FIRST).map(([text, bound]) => row(samples, text, 'first', bound)),
    ...Object.keys(FIRST).map((text) => row(samples, text, 'second', SECOND[text] ?? 1)),
  ];
  console.log('| what | promptctl | best peer | ratio | bound | holds |\n| --- | --- | --- | --- | --- | --- |');
  for (const { what, ours, best, atLeast } of rows) {
    const ratio = median(best.values) / median(ours);
    const cells = [what, spread(ours), `${best.name} ${spread(best.values)}`, `${ratio.toFixed(1)}x`, `${atLeast}x`];
    console.log(`| ${cells.join(' | ')} | ${ratio >= atLeast ? 'yes' : 'no'} |`);
  }
  const load = median(samples.of('load', OURS, 'load'));
  console.log(`\nload: ${load.toFixed(1)} ms (bound 10): ${load <= 10 ? 'yes' : 'no'}`);
  const memory = median(samples.of('load', OURS, 'memory')) / 1e6;
  console.log(`memory after loading: ${memory.toFixed(1)} MB more (bound 15): ${memory <= 15 ? 'yes' : 'no'}`);
  for (const text of Object.keys(FIRST)) {
    const more = median(samples.of(text, OURS, 'memory')) / 1e6;
    console.log(`  and after a megabyte of ${text}, twice: ${more.toFixed(1)} MB more`);
  }
  console.log('\n| one piece of 1 MB | time (bound 500 ms) | time(4n)/time(n) (bound 8) |\n| --- | --- | --- |');
  for (const name of ['a', 'spaces', 'Han', 'random letters', 'random Han', 'base64', 'symbols']) {
    const whole = samples.of('long', OURS, name);
    const growth = median(whole) / median(samples.of('long', OURS, `quarter of ${name}`));
    console.log(`| ${name} | ${spread(whole)} | ${growth.toFixed(1)} |`);
  }
  console.log('\nAll libraries, medians in ms (first pass / second pass):');
  for (const text of Object.keys(FIRST)) {
    const figures = [OURS, ...samples.peers].map((library) => {
      const [first, second] = ['first', 'second'].map((name) => median(samples.of(text, library, name)).toFixed(1));
      return `${library} ${first}/${second}`;
    });
    console.log(`  ${text}: ${figures.join(', ')}`);
  }
  const loads = [OURS, ...samples.peers].map(
    (name) => `${name} ${median(samples.of('load', name, 'load')).toFixed(1)}`,
  );
  console.log(`  load: ${loads.join(', ')}`);
}

/** A row against the peer with the lowest median; `floor` is taken off both. */
function row(samples: Samples, job: string, name: string, atLeast: number, floor = 0): Row {
  const over = (values: readonly number[]): readonly number[] => values.map((value) => value - floor);
  const ranked = samples.peers
    .map((peer) => ({ name: peer, values: over(samples.of(job, peer, name)) }))
    .filter(({ values }) => values.length > 0)
    .toSorted((a, b) => median(a.values) - median(b.values));
  const what = name === 'first' || name === 'second' ? `${name} pass, ${job}` : job;
  return { what, ours: over(samples.of(job, OURS, name)), best: ranked[0]!, atLeast };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function spread(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms (${Math.min(...values).toFixed(1)}-${Math.max(...values).toFixed(1)})`;
}
