// npx tsx bench/metrics.ts
//
// Scores 1 000 pairs of 200 words and prints ratios: ROUGE against js-rouge, BLEU against its own tokenizer over the same texts, chrF
// against one scan of their character n-grams. All candidates run in turn in each round, so that what slows the machine slows all.
import { createRequire } from 'node:module';
import { bleu, bleuTokenize, chrf, rouge, type RougeType } from '../src/metrics/index.ts';
import { seededRandom } from '../src/metrics/stats/index.ts';

interface JsRouge {
  n(candidate: string, reference: string, options: { n: number }): number;
  l(candidate: string, reference: string): number;
}

const PAIRS = 1000;
const WORDS = 200;
const ROUNDS = 5;

const [hypotheses, references] = writeTexts();
const texts = [...hypotheses, ...references];
const lists = references.map((reference) => [reference]);

const candidates = new Map<string, () => number>([
  ['13a tokens', () => texts.reduce((sum, text) => sum + bleuTokenize(text, '13a').length, 0)],
  ['bleu', () => bleu(hypotheses, lists).score],
  ['scan of n-grams', () => texts.reduce((sum, text) => sum + scanNgrams(text), 0)],
  ['counted n-grams', () => texts.reduce((sum, text) => sum + countNgrams(text), 0)],
  ['chrf', () => chrf(hypotheses, lists).score],
  ...(['rouge1', 'rouge2', 'rougeL', 'rougeLsum'] as const).map((type) => [type, () => scoreRouge(type)] as const),
]);

const peer = loadPeer();
if (peer) {
  candidates.set('js-rouge 1', () => sumPairs((hypothesis, reference) => peer.n(hypothesis, reference, { n: 1 })));
  candidates.set('js-rouge 2', () => sumPairs((hypothesis, reference) => peer.n(hypothesis, reference, { n: 2 })));
  candidates.set('js-rouge L', () => sumPairs((hypothesis, reference) => peer.l(hypothesis, reference)));
}

const timesByName = new Map([...candidates.keys()].map((name) => [name, [] as number[]]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, run] of candidates) {
    const start = performance.now();
    run();
    // The first round warms up.
    if (round > 0) timesByName.get(name)!.push(performance.now() - start);
  }
}

console.log(`${PAIRS} pairs of ${WORDS} words, ${ROUNDS} rounds, Node ${process.version}: median ms (least to most)\n`);
for (const [name, times] of timesByName) {
  const sorted = times.toSorted((a, b) => a - b);
  console.log(`${name.padEnd(16)} ${show(median(name))}  (${show(sorted[0]!)} to ${show(sorted.at(-1)!)})`);
}
console.log('\nratio                                     measured   wanted');
report('bleu / its 13a tokens', 'bleu', '13a tokens', 'at most 10');
report('chrf / scan of character n-grams', 'chrf', 'scan of n-grams', 'at most 10');
report('chrf / counting them in a Map', 'chrf', 'counted n-grams', '');
if (peer) {
  report('js-rouge 1 / rouge1', 'js-rouge 1', 'rouge1', 'at least 3');
  report('js-rouge 2 / rouge2', 'js-rouge 2', 'rouge2', 'at least 3');
  report('js-rouge L / rougeL', 'js-rouge L', 'rougeL', 'at least 3');
  report('js-rouge L / rougeLsum', 'js-rouge L', 'rougeLsum', 'at least 3');
}

function report(title: string, above: string, below: string, wanted: string): void {
  console.log(`${title.padEnd(42)}${(median(above) / median(below)).toFixed(2).padStart(8)}   ${wanted}`);
}

function median(name: string): number {
  return timesByName.get(name)!.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

function show(milliseconds: number): string {
  return milliseconds.toFixed(1).padStart(8);
}

function scoreRouge(type: RougeType): number {
  return sumPairs((hypothesis, reference) => rouge(hypothesis, [reference], { types: [type] })[type].fmeasure);
}

function sumPairs(score: (hypothesis: string, reference: string) => number): number {
  return hypotheses.reduce((sum, hypothesis, at) => sum + score(hypothesis, references[at]!), 0);
}

/** Reads every character n-gram of the six orders once, and counts none. */
function scanNgrams(text: string): number {
  let sum = 0;
  for (let n = 1; n <= 6; n++) {
    for (let at = 0; at + n <= text.length; at++) {
      const gram = text.slice(at, at + n);
      sum += gram.charCodeAt(n - 1);
    }
  }
  return sum;
}

function countNgrams(text: string): number {
  const counts = new Map<string, number>();
  for (let n = 1; n <= 6; n++) {
    for (let at = 0; at + n <= text.length; at++) {
      const gram = text.slice(at, at + n);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts.size;
}

/** Sentences of words with a natural skew, a line each; the reference keeps most of its hypothesis' words. */
function writeTexts(): [string[], string[]] {
  const random = seededRandom(2004);
  const syllables = [
    'ca',
    'ter',
    'mo',
    'ni',
    'lu',
    'pa',
    'red',
    'sing',
    'o',
    'per',
    'tion',
    'al',
    'ex',
    'in',
    'ble',
    'ment',
  ];
  const vocabulary = Array.from({ length: 3000 }, (_, rank) =>
    Array.from({ length: 1 + Math.min(3, Math.floor(Math.log2(rank + 2) / 3)) }, () => pick(syllables)).join(''),
  );
  const word = (): string => vocabulary[Math.floor(vocabulary.length * random() ** 3)]!;
  const ours: string[] = [];
  const theirs: string[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const words = Array.from({ length: WORDS }, word);
    ours.push(write(words));
    theirs.push(write(words.map((each) => (random() < 0.7 ? each : word()))));
  }
  return [ours, theirs];

  function pick(list: readonly string[]): string {
    return list[Math.floor(random() * list.length)]!;
  }
}

function write(words: readonly string[]): string {
  return words.map((word, at) => word + ((at + 1) % 20 === 0 ? '.\n' : at % 9 === 8 ? ', ' : ' ')).join('');
}

function loadPeer(): JsRouge | undefined {
  try {
    return createRequire(new URL('peers/metrics/package.json', import.meta.url))('js-rouge') as JsRouge;
  } catch {
    console.log(
      'js-rouge is not installed, so ROUGE has nothing to compare with: npm install --prefix bench/peers/metrics\n',
    );
    return undefined;
  }
}
