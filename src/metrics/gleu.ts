import { requireInteger } from './check.ts';
import { countGrams, countMatches, numberNgrams, numberWords } from './ngrams.ts';
import { requireLists, type TextOrWords, wordsOf } from './words.ts';

export interface GleuOptions {
  /** The shortest n-gram, default 1. */
  readonly minLength?: number;
  /** The longest n-gram, default 4. */
  readonly maxLength?: number;
}

/**
 * Google's GLEU of one text (Wu et al. 2016) as nltk computes it, 0 to 1: matching n-grams of all lengths over the larger of both
 * texts' n-grams, which is the smaller of precision and recall; the best reference counts.
 *
 * @param hypothesis a text, split on white space, or its words
 * @throws RangeError for no references.
 * @example gleu('the cat sat', ['the cat sat']); // 1
 */
export function gleu(hypothesis: TextOrWords, references: readonly TextOrWords[], options: GleuOptions = {}): number {
  return corpusGleu([hypothesis], [references], options);
}

/** GLEU of a corpus: matches and n-grams are summed before the division, so long texts weigh more. */
export function corpusGleu(
  hypotheses: readonly TextOrWords[],
  references: readonly (readonly TextOrWords[])[],
  options: GleuOptions = {},
): number {
  if (hypotheses.length === 0) throw new RangeError('hypotheses is empty: there is nothing to score');
  if (hypotheses.length !== references.length) {
    throw new RangeError(`${hypotheses.length} hypotheses, but references for ${references.length}`);
  }
  let [matches, total] = [0, 0];
  hypotheses.forEach((hypothesis, at) => {
    const segment = countSegment(hypothesis, references[at]!, options);
    matches += segment.matches;
    total += segment.total;
  });
  return total === 0 ? 0 : matches / total;
}

interface Counts {
  readonly matches: number;
  readonly total: number;
}

function countSegment(hypothesis: TextOrWords, references: readonly TextOrWords[], options: GleuOptions): Counts {
  const { minLength = 1, maxLength = 4 } = options;
  requireInteger(minLength, 'minLength', 1, maxLength);
  requireInteger(maxLength, 'maxLength', minLength, 100);
  requireLists(references);
  const texts = [hypothesis, ...references].map((text, at) =>
    wordsOf(text, at === 0 ? 'hypothesis' : `references[${at - 1}]`),
  );
  const { grams, distinct } = numberNgrams(numberWords(texts), maxLength);
  let best: Counts = { matches: 0, total: 0 };
  for (let reference = 1; reference < texts.length; reference++) {
    let [matches, ours, theirs] = [0, 0, 0];
    for (let n = minLength - 1; n < maxLength; n++) {
      const [our, their] = [grams[n]![0]!, grams[n]![reference]!];
      ours += our.length;
      theirs += their.length;
      matches += countMatches(our, countGrams(their, distinct[n]!));
    }
    const counts = { matches, total: Math.max(ours, theirs) };
    if (counts.total > 0 && isBetter(counts, best)) best = counts;
  }
  return best;
}

// Of references with equal scores nltk takes the first; the longer, so that their order doesn't matter.
function isBetter(counts: Counts, best: Counts): boolean {
  if (best.total === 0) return true;
  const gain = counts.matches / counts.total - best.matches / best.total;
  return gain > 0 || (gain === 0 && (counts.matches - best.matches || counts.total - best.total) > 0);
}
