import { requireCorpus, requireReferences, requireText } from '../check.ts';
import { numberWords } from '../ngrams.ts';
import { countEdits } from './shifts.ts';
import { type TerOptions, tokenizeTer } from './tokenize.ts';

export type { TerOptions } from './tokenize.ts';

export interface TerResult {
  /** Edits for 100 reference words: 0 is perfect, and it can exceed 100. */
  readonly score: number;
  readonly edits: number;
  /** In words, the mean over the references of each text, summed. */
  readonly referenceLength: number;
  /** sacreBLEU's signature. */
  readonly signature: string;
}

/** Longer texts would take minutes. */
const MAX_WORDS = 20_000;

/**
 * Translation edit rate (Snover et al. 2006) of a corpus, as sacreBLEU 2.6's port of Tercom computes it: insertions, deletions,
 * substitutions and shifts of a run of words, over the mean length of the references. Lower is better.
 *
 * @param references `references[i]` are those of hypothesis i; the one with the fewest edits counts.
 * @throws RangeError for no references, or differing texts of more than 20 000 words.
 * @example ter(['b a c'], [['a b c']]).score; // 33.3: one shift in three words
 */
export function ter(
  hypotheses: readonly string[],
  references: readonly (readonly string[])[],
  options: TerOptions = {},
): TerResult {
  requireCorpus(hypotheses, references);
  let edits = 0;
  let referenceLength = 0;
  const referenceCounts = new Set<number>();
  hypotheses.forEach((hypothesis, at) => {
    referenceCounts.add(references[at]!.length);
    const segment = countSegment(hypothesis, references[at]!, options);
    edits += segment.edits;
    referenceLength += segment.referenceLength;
  });
  const nrefs = referenceCounts.size === 1 ? [...referenceCounts][0] : 'var';
  const emptyScore = edits > 0 ? 1 : 0;
  const score = 100 * (referenceLength > 0 ? edits / referenceLength : emptyScore);
  return { score, edits, referenceLength, signature: signature(nrefs!, options) };
}

/** TER of one text. @example sentenceTer('a b c', ['a b c']).score; // 0 */
export function sentenceTer(hypothesis: string, references: readonly string[], options: TerOptions = {}): TerResult {
  requireText(hypothesis, 'hypothesis');
  requireReferences(references);
  return ter([hypothesis], [references], options);
}

function countSegment(
  hypothesis: string,
  references: readonly string[],
  options: TerOptions,
): { edits: number; referenceLength: number } {
  const texts = numberWords([hypothesis, ...references].map((text) => tokenizeTer(text, options))).grams[0]!;
  const [ours, ...theirs] = texts as readonly [Int32Array, ...Int32Array[]];
  let fewest = Infinity;
  let length = 0;
  for (const reference of theirs) {
    length += reference.length;
    fewest = Math.min(fewest, isEqual(ours, reference) ? 0 : countDifferent(ours, reference));
  }
  return { edits: fewest, referenceLength: length / theirs.length };
}

function countDifferent(ours: Int32Array, theirs: Int32Array): number {
  if (ours.length > MAX_WORDS || theirs.length > MAX_WORDS) {
    throw new RangeError(`ter takes texts of at most ${MAX_WORDS} words, got ${ours.length} against ${theirs.length}`);
  }
  return countEdits(ours, theirs);
}

const isEqual = (ours: Int32Array, theirs: Int32Array): boolean =>
  ours.length === theirs.length && ours.every((word, at) => word === theirs[at]);

const yesNo = (flag: boolean | undefined): string => (flag ? 'yes' : 'no');

function signature(nrefs: number | string, options: TerOptions): string {
  const caseName = options.caseSensitive ? 'mixed' : 'lc';
  const punct = yesNo(!options.noPunct);
  return `nrefs:${nrefs}|case:${caseName}|tok:tercom|norm:${yesNo(options.normalized)}|punct:${punct}|asian:${yesNo(options.asianSupport)}|version:2.6.0`;
}
