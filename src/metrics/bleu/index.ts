import { requireCorpus, requireInteger, requireNumber, requireReferences, requireText } from '../check.ts';
import { countGrams, numberNgrams, numberWords } from '../ngrams.ts';
import { type BleuCounts, type BleuSmoothing, scoreBleu } from './score.ts';
import { bleuTokenize, type BleuTokenizer } from './tokenize.ts';

export { bleuTokenize, type BleuTokenizer } from './tokenize.ts';
export type { BleuSmoothing } from './score.ts';

export interface BleuOptions {
  /** Default `13a`. */
  readonly tokenize?: BleuTokenizer;
  /** Default `exp`. */
  readonly smoothMethod?: BleuSmoothing;
  /** For `floor` (default 0.1) and `add-k` (default 1). */
  readonly smoothValue?: number | undefined;
  /** Leaves out orders longer than the texts: default off for a corpus, on for a sentence. */
  readonly effectiveOrder?: boolean;
  readonly lowercase?: boolean;
  /** The longest n-gram, default 4. */
  readonly maxNgramOrder?: number;
}

export interface BleuResult {
  /** 0 to 100. */
  readonly score: number;
  /** Of 1-grams, 2-grams and so on, 0 to 100, smoothed. */
  readonly precisions: readonly number[];
  /** 0 to 1. */
  readonly brevityPenalty: number;
  /** In tokens. */
  readonly hypothesisLength: number;
  /** In tokens, of the references closest in length. */
  readonly referenceLength: number;
  /** sacreBLEU's signature: two scores compare only where it is the same. */
  readonly signature: string;
}

interface Settings {
  readonly tokenize: BleuTokenizer;
  readonly smoothMethod: BleuSmoothing;
  readonly smoothValue: number;
  readonly effectiveOrder: boolean;
  readonly lowercase: boolean;
  readonly maxNgramOrder: number;
}

const SMOOTH_VALUES: { readonly [method in BleuSmoothing]: number } = { exp: 0, none: 0, floor: 0.1, 'add-k': 1 };

/**
 * BLEU of a corpus, as sacreBLEU 2.6 computes it (Papineni et al. 2002, Post 2018): n-gram matches are summed over all texts before
 * precisions are taken, so it isn't the mean of sentence scores.
 *
 * @param references `references[i]` are those of hypothesis i
 * @throws TypeError or RangeError for no hypotheses, no references, or lists that don't pair up.
 * @example
 * bleu(['the cat sat on the mat'], [['the cat sat on a mat', 'a cat sat on the mat']]).score; // 95.54
 */
export function bleu(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  options: BleuOptions = {},
): BleuResult {
  requireCorpus(hypotheses, references);
  const settings = readOptions(options);
  const order = settings.maxNgramOrder;
  const counts = { matches: zeros(order), totals: zeros(order), hypothesisLength: 0, referenceLength: 0 };
  const referenceCounts = new Set<number>();
  hypotheses.forEach((hypothesis, at) => {
    referenceCounts.add(references[at]!.length);
    const segment = countSegment(hypothesis, references[at]!, settings);
    for (let n = 0; n < order; n++) {
      counts.matches[n]! += segment.matches[n]!;
      counts.totals[n]! += segment.totals[n]!;
    }
    counts.hypothesisLength += segment.hypothesisLength;
    counts.referenceLength += segment.referenceLength;
  });
  const nrefs = referenceCounts.size === 1 ? [...referenceCounts][0] : 'var';
  return {
    ...scoreBleu(counts, settings),
    hypothesisLength: counts.hypothesisLength,
    referenceLength: counts.referenceLength,
    signature: signature(nrefs!, settings),
  };
}

/**
 * BLEU of one text, with orders longer than the text left out unless `effectiveOrder` is false.
 *
 * @example sentenceBleu('the cat sat', ['the cat sat']).score; // 100
 */
export function sentenceBleu(hypothesis: string, references: readonly string[], options: BleuOptions = {}): BleuResult {
  requireText(hypothesis, 'hypothesis');
  requireReferences(references);
  return bleu([hypothesis], [references], { effectiveOrder: true, ...options });
}

function readOptions(options: BleuOptions): Settings {
  const { smoothMethod = 'exp', maxNgramOrder = 4 } = options;
  if (!Object.hasOwn(SMOOTH_VALUES, smoothMethod)) {
    throw new RangeError(`unknown smoothing "${smoothMethod}", use one of ${Object.keys(SMOOTH_VALUES).join(', ')}`);
  }
  const smoothValue = options.smoothValue ?? SMOOTH_VALUES[smoothMethod];
  requireNumber(smoothValue, 'smoothValue', 0);
  requireInteger(maxNgramOrder, 'maxNgramOrder', 1, 100);
  return {
    tokenize: options.tokenize ?? '13a',
    smoothMethod,
    smoothValue,
    effectiveOrder: options.effectiveOrder ?? false,
    lowercase: options.lowercase ?? false,
    maxNgramOrder,
  };
}

function countSegment(hypothesis: string, references: readonly string[], settings: Settings): BleuCounts {
  const texts = [hypothesis, ...references].map((text) =>
    bleuTokenize(settings.lowercase ? text.toLowerCase() : text, settings.tokenize),
  );
  const { grams, distinct } = numberNgrams(numberWords(texts), settings.maxNgramOrder);
  const matches: number[] = [];
  const totals: number[] = [];
  grams.forEach((sequences, n) => {
    const [hypothesisGrams, ...referenceGrams] = sequences;
    // An n-gram may be used as often as the one reference that has it most often.
    const allowed = new Int32Array(distinct[n]!);
    for (const sequence of referenceGrams) {
      const counts = countGrams(sequence, distinct[n]!);
      for (const gram of sequence) if (counts[gram]! > allowed[gram]!) allowed[gram] = counts[gram]!;
    }
    let matched = 0;
    for (const gram of hypothesisGrams!) if (allowed[gram]! > 0 && allowed[gram]!-- > 0) matched++;
    matches.push(matched);
    totals.push(hypothesisGrams!.length);
  });
  const hypothesisLength = texts[0]!.length;
  return { matches, totals, hypothesisLength, referenceLength: closestLength(hypothesisLength, texts.slice(1)) };
}

function closestLength(length: number, references: readonly (readonly string[])[]): number {
  let closest = Infinity;
  for (const { length: other } of references) {
    const nearer = Math.abs(other - length) - Math.abs(closest - length);
    if (nearer < 0 || (nearer === 0 && other < closest)) closest = other;
  }
  return closest;
}

function signature(nrefs: number | string, settings: Settings): string {
  const { smoothMethod, smoothValue } = settings;
  const smooth =
    smoothMethod === 'floor' || smoothMethod === 'add-k' ? `${smoothMethod}[${smoothValue.toFixed(2)}]` : smoothMethod;
  const caseName = settings.lowercase ? 'lc' : 'mixed';
  const eff = settings.effectiveOrder ? 'yes' : 'no';
  return `nrefs:${nrefs}|case:${caseName}|eff:${eff}|tok:${settings.tokenize}|smooth:${smooth}|version:2.6.0`;
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
