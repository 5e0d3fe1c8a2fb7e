import { readFileSync, readdirSync } from 'node:fs';
import { type Count, LIBRARIES, type Places } from './libraries.ts';
import { Random, TEXTS, shortStrings, strangeText } from './texts.ts';

/** What one process measures. It sees each text for the first time, so that no cache knows it. */
export type Job =
  | { readonly kind: 'load' }
  | { readonly kind: 'files'; readonly folder: string }
  | { readonly kind: 'passes'; readonly text: string; readonly seed: number }
  | { readonly kind: 'long' };

export interface Task extends Places {
  readonly library: string;
  readonly job: Job;
}

/** Milliseconds by what was timed; bytes for memory. */
export type Figures = Readonly<Record<string, number>>;

const MEGABYTE = 1_000_000;
/** Words that are no tokens, so that what is read or built only for merging is so too. */
const NEEDS_MERGES = 'qzxjkv unlikelihoodness';

const task = JSON.parse(process.argv[2]!) as Task;
console.log(JSON.stringify(await measure(task)));

async function measure({ library, job, ...places }: Task): Promise<Figures> {
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const count = await LIBRARIES[library]!(places);
  count('a');
  const load = performance.now() - started;
  switch (job.kind) {
    case 'load':
      count(NEEDS_MERGES);
      return { load, whole: performance.now() - started, memory: process.memoryUsage().rss - before };
    case 'files':
      return { tokens: countFiles(count, job.folder) };
    case 'passes':
      return passes(count, job.text, job.seed);
    case 'long':
      return longPieces(count);
  }
}

function countFiles(count: Count, folder: string): number {
  let tokens = 0;
  for (const name of readdirSync(folder)) tokens += count(readFileSync(`${folder}/${name}`, 'utf8'));
  return tokens;
}

/** The code is warmed with text of other words; then a megabyte is counted twice. */
function passes(count: Count, text: string, seed: number): Figures {
  for (let round = 0; round < 3; round++) count(strangeText(new Random(seed + round), 200_000));
  for (const short of strangeText(new Random(seed), 100_000).split('\n')) count(short);
  const random = new Random(seed);
  const texts = text === 'short strings' ? shortStrings(random, 20_000) : [TEXTS[text]!(random, MEGABYTE)];
  const pass = (): number => {
    const started = performance.now();
    for (const each of texts) count(each);
    return performance.now() - started;
  };
  const memoryBefore = process.memoryUsage().rss;
  const [first, second] = [pass(), pass()];
  return { first, second, memory: process.memoryUsage().rss - memoryBefore };
}

function runOf(characters: string): (random: Random, length: number) => string {
  return (random, length) => Array.from({ length }, () => characters[random.below(characters.length)]).join('');
}

/** One run of a megabyte, and of a quarter: four times the text should take about four times as long. */
function longPieces(count: Count): Figures {
  const pieces: Readonly<Record<string, (random: Random, bytes: number) => string>> = {
    a: runOf('a'),
    spaces: runOf(' '),
    Han: (random, bytes) => runOf('中')(random, bytes / 3),
    'random letters': runOf('abcdefghijklmnopqrstuvwxyz'),
    'random Han': (random, bytes) =>
      Array.from({ length: bytes / 3 }, () => String.fromCharCode(random.between(0x4e00, 0x9fa5))).join(''),
    base64: runOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'),
    symbols: runOf('!@#$%^&*()-=_+'),
  };
  const figures: Record<string, number> = {};
  for (const [name, piece] of Object.entries(pieces)) {
    figures[`quarter of ${name}`] = least((seed) => piece(new Random(seed), MEGABYTE / 4), count);
    figures[name] = least((seed) => piece(new Random(seed), MEGABYTE), count);
  }
  return figures;
}

/** The shortest of three runs, each over new text, so that no cache knows it. */
function least(textOf: (seed: number) => string, count: Count): number {
  let least = Infinity;
  for (let seed = 1; seed <= 3; seed++) {
    const text = textOf(seed);
    const started = performance.now();
    count(text);
    least = Math.min(least, performance.now() - started);
  }
  return least;
}
