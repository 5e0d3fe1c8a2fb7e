import type { Figures } from './measure.ts';

export const OURS = 'promptctl';
/** A process that does nothing. */
export const NODE = 'node itself';

/** The figures that bounds are about. */
const BOUNDED = ['load', 'process', 'first', 'second'];
/** What a megabyte without an end of a piece is made of. */
const LONG_PIECES = ['a', 'spaces', 'Han', 'random letters', 'random Han', 'base64', 'symbols'];

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

  /** Whether a peer took so many times longer than the best in all that a job measures that more rounds would say nothing new. */
  isFar(job: string, library: string, factor: number): boolean {
    if (library === OURS) return false;
    const measured = BOUNDED.filter((name) => this.of(job, library, name).length > 0);
    return (
      measured.length > 0 &&
      measured.every((name) => {
        const best = Math.min(...this.peers.flatMap((peer) => this.of(job, peer, name)));
        return Math.min(...this.of(job, library, name)) > factor * best;
      })
    );
  }

  /** The figures that these libraries' last runs of a job added, in milliseconds. */
  latest(job: string, libraries: readonly string[]): string {
    const lines = libraries.map((library) => {
      const figures = [...BOUNDED, ...LONG_PIECES].flatMap((name) => this.of(job, library, name).slice(-1));
      return `${library} ${figures.map((value) => value.toFixed(1)).join('/')}`;
    });
    return lines.join(', ');
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

const LONG_MS = 500;
const LONG_GROWTH = 8;
const LOAD_MS = 10;
const MEMORY_MB = 15;

/** Prints each bound, what was measured, and whether it holds; of the jobs that ran. */
export function report(samples: Samples): void {
  printRatios(samples);
  printLoad(samples);
  printLongPieces(samples);
  printAll(samples);
}

function printRatios(samples: Samples): void {
  const rows = [
    row(samples, 'load', 'load', 12),
    row(samples, 'files', 'process', 4, median(samples.of('files', NODE, 'process'))),
    ...Object.entries(FIRST).map(([text, bound]) => row(samples, text, 'first', bound)),
    ...Object.keys(FIRST).map((text) => row(samples, text, 'second', SECOND[text] ?? 1)),
  ];
  console.log('| what | promptctl | best peer | ratio | bound | holds |\n| --- | --- | --- | --- | --- | --- |');
  for (const { what, ours, best, atLeast } of rows.filter((row) => row !== undefined)) {
    const ratio = median(best.values) / median(ours);
    const cells = [what, spread(ours), `${best.name} ${spread(best.values)}`, `${ratio.toFixed(1)}x`, `${atLeast}x`];
    console.log(`| ${cells.join(' | ')} | ${yesOrNo(ratio >= atLeast)} |`);
  }
}

function printLoad(samples: Samples): void {
  if (samples.of('load', OURS, 'load').length === 0) return;
  const load = median(samples.of('load', OURS, 'load'));
  console.log(`\nload: ${load.toFixed(1)} ms (bound ${LOAD_MS}): ${yesOrNo(load <= LOAD_MS)}`);
  const whole = median(samples.of('load', OURS, 'whole'));
  console.log(`  until the first word is counted that is no token: ${whole.toFixed(1)} ms`);
  const memory = median(samples.of('load', OURS, 'memory')) / 1e6;
  console.log(`memory after that: ${memory.toFixed(1)} MB more (bound ${MEMORY_MB}): ${yesOrNo(memory <= MEMORY_MB)}`);
  for (const text of Object.keys(FIRST)) {
    const growth = samples.of(text, OURS, 'memory');
    if (growth.length > 0)
      console.log(`  after a megabyte of ${text}, twice: ${(median(growth) / 1e6).toFixed(1)} MB more`);
  }
}

function printLongPieces(samples: Samples): void {
  if (samples.of('long', OURS, LONG_PIECES[0]!).length === 0) return;
  console.log(
    `\n| one piece of 1 MB | time (bound ${LONG_MS} ms) | time(4n)/time(n) (bound ${LONG_GROWTH}) | holds |\n| --- | --- | --- | --- |`,
  );
  for (const name of LONG_PIECES) {
    const whole = samples.of('long', OURS, name);
    const growth = median(whole) / median(samples.of('long', OURS, `quarter of ${name}`));
    const holds = yesOrNo(median(whole) < LONG_MS && growth < LONG_GROWTH);
    console.log(`| ${name} | ${spread(whole)} | ${growth.toFixed(1)} | ${holds} |`);
  }
}

/** Also the peers far from the best, which ran in the first round only. */
function printAll(samples: Samples): void {
  console.log('\nAll libraries, medians in ms (first pass/second pass):');
  for (const job of ['load', 'files', ...Object.keys(FIRST)]) {
    const figures = [OURS, ...samples.peers].flatMap((library) => {
      const medians = BOUNDED.map((name) => samples.of(job, library, name)).filter((values) => values.length > 0);
      return medians.length === 0 ? [] : `${library} ${medians.map((values) => median(values).toFixed(1)).join('/')}`;
    });
    if (figures.length > 0) console.log(`  ${job}: ${figures.join(', ')}`);
  }
}

/** A row against the peer with the lowest median, if the job ran; `floor` is taken off both. */
function row(samples: Samples, job: string, name: string, atLeast: number, floor = 0): Row | undefined {
  const over = (values: readonly number[]): readonly number[] => values.map((value) => value - floor);
  const [best] = samples.peers
    .map((peer) => ({ name: peer, values: over(samples.of(job, peer, name)) }))
    .filter(({ values }) => values.length > 0)
    .toSorted((a, b) => median(a.values) - median(b.values));
  if (best === undefined) return undefined;
  const what = name === 'first' || name === 'second' ? `${name} pass, ${job}` : job;
  return { what, ours: over(samples.of(job, OURS, name)), best, atLeast };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function spread(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms (${Math.min(...values).toFixed(1)}-${Math.max(...values).toFixed(1)})`;
}

function yesOrNo(holds: boolean): string {
  return holds ? 'yes' : 'no';
}
