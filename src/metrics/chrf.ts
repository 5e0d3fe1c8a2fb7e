import { requireCorpus, requireInteger, requireNumber, requireReferences, requireText } from './check.ts';
import { countGrams, countMatches, numberNgrams, numberPoints, numberWords } from './ngrams.ts';
import { codePoints, splitWords, withoutSpaces } from './text.ts';

export interface ChrfOptions {
  /** The longest character n-gram, default 6. */
  readonly charOrder?: number;
  /** The longest word n-gram, default 0; 2 makes it chrF++. */
  readonly wordOrder?: number;
  /** How many times more recall weighs than precision, default 2. */
  readonly beta?: number;
  /** Counts white space among the characters. */
  readonly whitespace?: boolean;
  readonly lowercase?: boolean;
  /** The smoothing of the original chrF++ script: the mean of all orders' F, instead of F of the mean over orders both texts have. */
  readonly epsSmoothing?: boolean;
}

export interface ChrfResult {
  /** 0 to 100. */
  readonly score: number;
  /** sacreBLEU's signature. */
  readonly signature: string;
}

type Settings = Required<ChrfOptions>;

/** Of one order: n-grams in the hypothesis, in the reference, in both. */
type OrderCounts = [hypothesis: number, reference: number, matches: number];

const PUNCTUATION: ReadonlySet<string> = /* @__PURE__ */ new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~');

/**
 * chrF of a corpus: the F score of character n-grams (Popović 2015), or chrF++ with `wordOrder: 2` (Popović 2017), as sacreBLEU 2.6
 * computes it. Of several references the one with the best F counts.
 *
 * @param references `references[i]` are those of hypothesis i.
 * @example chrf(['the cat sat'], [['the cats sat']]).score; // 68.7
 */
export function chrf(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  options: ChrfOptions = {},
): ChrfResult {
  requireCorpus(hypotheses, references);
  const settings = readOptions(options);
  const orders = Array.from({ length: settings.charOrder + settings.wordOrder }, (): OrderCounts => [0, 0, 0]);
  const referenceCounts = new Set<number>();
  hypotheses.forEach((hypothesis, at) => {
    referenceCounts.add(references[at]!.length);
    countSegment(hypothesis, references[at]!, settings).forEach((counts, order) => {
      for (let part = 0; part < 3; part++) orders[order]![part]! += counts[part]!;
    });
  });
  const nrefs = referenceCounts.size === 1 ? [...referenceCounts][0] : 'var';
  return { score: fScore(orders, settings), signature: signature(nrefs!, settings) };
}

/** chrF of one text. @example sentenceChrf('hello', ['hello']).score; // 100 */
export function sentenceChrf(hypothesis: string, references: readonly string[], options: ChrfOptions = {}): ChrfResult {
  requireText(hypothesis, 'hypothesis');
  requireReferences(references);
  return chrf([hypothesis], [references], options);
}

function readOptions(options: ChrfOptions): Settings {
  const settings: Settings = {
    charOrder: 6,
    wordOrder: 0,
    beta: 2,
    whitespace: false,
    lowercase: false,
    epsSmoothing: false,
    ...options,
  };
  requireInteger(settings.charOrder, 'charOrder', 0, 100);
  requireInteger(settings.wordOrder, 'wordOrder', 0, 100);
  requireNumber(settings.beta, 'beta', 0);
  if (settings.charOrder + settings.wordOrder === 0)
    throw new RangeError('charOrder and wordOrder are both 0: nothing to count');
  return settings;
}

function countSegment(hypothesis: string, references: readonly string[], settings: Settings): OrderCounts[] {
  const texts = [hypothesis, ...references].map((text) => (settings.lowercase ? text.toLowerCase() : text));
  const characters = texts.map((text) => codePoints(settings.whitespace ? text : withoutSpaces(text)));
  const numbered = [];
  if (settings.charOrder > 0) numbered.push(numberNgrams(numberPoints(characters), settings.charOrder));
  if (settings.wordOrder > 0) numbered.push(numberNgrams(numberWords(texts.map(splitPunctuation)), settings.wordOrder));

  let best: OrderCounts[] = [];
  let bestScore = -1;
  for (let reference = 1; reference < texts.length; reference++) {
    const orders = numbered.flatMap(({ grams, distinct }) =>
      grams.map((sequences, n): OrderCounts => {
        const theirs = sequences[reference]!;
        // An order that the reference is too short for doesn't count against the hypothesis.
        if (theirs.length === 0) return [0, 0, 0];
        const ours = sequences[0]!;
        return [ours.length, theirs.length, countMatches(ours, countGrams(theirs, distinct[n]!))];
      }),
    );
    const score = fScore(orders, settings);
    if (score > bestScore) [bestScore, best] = [score, orders];
  }
  return best;
}

function fScore(orders: readonly OrderCounts[], { beta, epsSmoothing }: Settings): number {
  const eps = 1e-16;
  const factor = beta ** 2;
  let sum = 0;
  let [meanPrecision, meanRecall, effective] = [0, 0, 0];
  for (const [hypothesis, reference, matches] of orders) {
    const precision = hypothesis > 0 ? matches / hypothesis : eps;
    const recall = reference > 0 ? matches / reference : eps;
    const divisor = factor * precision + recall;
    sum += divisor > 0 ? ((1 + factor) * precision * recall) / divisor : eps;
    if (hypothesis > 0 && reference > 0) {
      meanPrecision += precision;
      meanRecall += recall;
      effective++;
    }
  }
  if (epsSmoothing) return (100 * sum) / orders.length;
  if (effective === 0 || meanPrecision + meanRecall === 0) return 0;
  meanPrecision /= effective;
  meanRecall /= effective;
  return (100 * ((1 + factor) * meanPrecision * meanRecall)) / (factor * meanPrecision + meanRecall);
}

// chrF++'s words: one ASCII punctuation mark is split off a word's end, or else off its start; "(hi)" gives "(hi" and ")".
function splitPunctuation(text: string): string[] {
  return splitWords(text).flatMap((word) => {
    const points = Array.from(word);
    if (points.length === 1) return [word];
    if (PUNCTUATION.has(points.at(-1)!)) return [word.slice(0, -1), word.slice(-1)];
    if (PUNCTUATION.has(points[0]!)) return [word.slice(0, 1), word.slice(1)];
    return [word];
  });
}

function signature(nrefs: number | string, settings: Settings): string {
  const caseName = settings.lowercase ? 'lc' : 'mixed';
  const eff = settings.epsSmoothing ? 'no' : 'yes';
  const space = settings.whitespace ? 'yes' : 'no';
  return `nrefs:${nrefs}|case:${caseName}|eff:${eff}|nc:${settings.charOrder}|nw:${settings.wordOrder}|space:${space}|version:2.6.0`;
}
