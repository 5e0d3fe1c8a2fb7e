import { requireReferences, requireText } from '../check.ts';
import { countGrams, countMatches, numberNgrams, type NumberedGrams, numberWords } from '../ngrams.ts';
import { lcsLength } from './lcs.ts';
import { countSummaryHits } from './summary-hits.ts';
import { rougeTokenize } from './tokenize.ts';

export { rougeBlindShare, rougeTokenize } from './tokenize.ts';

/** `rouge1` to `rouge9` count n-grams; `rougeL` takes the whole text as one sequence; `rougeLsum` takes each line as a sentence. */
export type RougeType = `rouge${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}` | 'rougeL' | 'rougeLsum';

/** All three from 0 to 1. */
export interface RougeScore {
  readonly precision: number;
  readonly recall: number;
  readonly fmeasure: number;
}

export interface RougeOptions<Type extends RougeType = RougeType> {
  /** Default rouge1, rouge2, rougeL and rougeLsum. */
  readonly types?: readonly Type[];
  /** Compares word stems (Porter, nltk's mode); off by default, as in rouge_score. */
  readonly stemmer?: boolean;
}

type DefaultType = 'rouge1' | 'rouge2' | 'rougeL' | 'rougeLsum';

/** The largest products of two texts' token counts, some seconds each: a megabyte of English fits rougeL, a third of one rougeLsum. */
const MAX_CELLS = { rougeL: 2 ** 36, rougeLsum: 2 ** 32 };

/**
 * ROUGE (Lin 2004) as google's rouge_score computes it. Of several references each type takes the one with the best F.
 *
 * It sees only a-z and 0-9: text in other scripts scores 0, even against itself (`rougeBlindShare` tells).
 *
 * @throws RangeError for no references, an unknown type, or texts so long that it would take minutes:
 *   token counts whose product is over 2^36 for rougeL, 2^32 for rougeLsum.
 * @example
 * rouge('the cat was under the bed', ['the cat was found under the bed'], { types: ['rougeL'] });
 * // { rougeL: { precision: 1, recall: 0.857, fmeasure: 0.923 } }
 */
export function rouge<Type extends RougeType = DefaultType>(
  prediction: string,
  references: readonly string[],
  options: RougeOptions<Type> = {},
): Record<Type, RougeScore> {
  requireText(prediction, 'prediction');
  requireReferences(references);
  const types =
    options.types ?? (['rouge1', 'rouge2', 'rougeL', 'rougeLsum'] as readonly RougeType[] as readonly Type[]);
  for (const type of types) {
    if (!/^rouge(?:[1-9]|L|Lsum)$/.test(type))
      throw new RangeError(`unknown type "${type}", use rouge1 to rouge9, rougeL or rougeLsum`);
  }
  const order = Math.max(1, ...types.map((type) => Number(type.slice(5)) || 1));
  const needsText = types.some((type) => type !== 'rougeLsum');
  const best = {} as Record<Type, RougeScore>;
  for (const reference of references) {
    const numbered = needsText ? numberTexts(prediction, reference, order, options) : undefined;
    for (const type of types) {
      const score = type === 'rougeLsum' ? scoreSummary(prediction, reference, options) : scoreText(type, numbered!);
      if (!Object.hasOwn(best, type) || score.fmeasure > best[type].fmeasure) best[type] = score;
    }
  }
  return best;
}

function numberTexts(prediction: string, reference: string, order: number, options: RougeOptions): NumberedGrams {
  return numberNgrams(numberWords([rougeTokenize(prediction, options), rougeTokenize(reference, options)]), order);
}

function scoreText(type: RougeType, { grams, distinct }: NumberedGrams): RougeScore {
  const n = type === 'rougeL' ? 1 : Number(type.slice(5));
  const [ours, theirs] = grams[n - 1] as [Int32Array, Int32Array];
  if (type !== 'rougeL')
    return scoreHits(countMatches(ours, countGrams(theirs, distinct[n - 1]!)), ours.length, theirs.length);
  requireFeasible('rougeL', ours.length, theirs.length);
  return scoreHits(lcsLength(theirs, ours, distinct[0]!), ours.length, theirs.length);
}

function scoreSummary(prediction: string, reference: string, options: RougeOptions): RougeScore {
  const [ours, theirs] = [prediction, reference].map((text) =>
    text.split('\n').map((line) => rougeTokenize(line, options)),
  ) as [string[][], string[][]];
  const numbered = numberWords([...ours, ...theirs]);
  const sentences = numbered.grams[0]!;
  const ourTotal = ours.flat().length;
  const theirTotal = theirs.flat().length;
  requireFeasible('rougeLsum', ourTotal, theirTotal);
  const hits = countSummaryHits(sentences.slice(ours.length), sentences.slice(0, ours.length), numbered.distinct[0]!);
  return scoreHits(hits, ourTotal, theirTotal);
}

function requireFeasible(type: keyof typeof MAX_CELLS, ours: number, theirs: number): void {
  const limit = MAX_CELLS[type];
  if (ours * theirs <= limit) return;
  const power = Math.log2(limit);
  throw new RangeError(
    `${type} of ${ours} against ${theirs} tokens is beyond its limit (a product of 2^${power}): score shorter texts`,
  );
}

function scoreHits(hits: number, predicted: number, expected: number): RougeScore {
  const precision = hits / Math.max(predicted, 1);
  const recall = hits / Math.max(expected, 1);
  const fmeasure = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, fmeasure };
}
