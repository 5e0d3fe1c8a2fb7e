import { requireReferences, requireText } from './check.ts';
import { splitWords } from './text.ts';

/** Python's \b looks at letters, digits and underscore of any script. */
const ARTICLES = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/**
 * An answer as SQuAD's official script compares it: lowercased, without ASCII punctuation, without a, an and the, one space between
 * words (Rajpurkar et al. 2016).
 *
 * @example squadNormalize('The  Eiffel-Tower!'); // 'eiffeltower'
 */
export function squadNormalize(answer: string): string {
  return splitWords(answer.toLowerCase().replace(PUNCTUATION, '').replace(ARTICLES, ' ')).join(' ');
}

/**
 * 1 where the normalised prediction equals a normalised reference, 0 elsewhere.
 *
 * @throws RangeError for no references.
 * @example squadExactMatch('the Eiffel Tower.', ['Eiffel Tower']); // 1
 */
export function squadExactMatch(prediction: string, references: readonly string[]): 0 | 1 {
  requireText(prediction, 'prediction');
  requireReferences(references);
  const normalized = squadNormalize(prediction);
  return references.some((reference) => squadNormalize(reference) === normalized) ? 1 : 0;
}

export interface SquadF1Options {
  /** In 1.1 an answer without words scores 0; in 2.0, where "no answer" can be right, it scores 1 when both sides have none. */
  readonly version?: '1.1' | '2.0';
}

/**
 * The F1 of shared words, 0 to 1, against the best reference. Word order doesn't count.
 *
 * @throws RangeError for no references.
 * @example squadF1('in Paris, France', ['Paris']); // 0.5
 */
export function squadF1(prediction: string, references: readonly string[], options: SquadF1Options = {}): number {
  requireText(prediction, 'prediction');
  requireReferences(references);
  const ours = splitWords(squadNormalize(prediction));
  return Math.max(...references.map((reference) => overlapF1(ours, splitWords(squadNormalize(reference)), options)));
}

function overlapF1(ours: readonly string[], theirs: readonly string[], { version = '1.1' }: SquadF1Options): number {
  if (version === '2.0' && ours.length === 0 && theirs.length === 0) return 1;
  const left = new Map<string, number>();
  for (const word of theirs) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of ours) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    shared++;
    left.set(word, count - 1);
  }
  if (shared === 0) return 0;
  const precision = shared / ours.length;
  const recall = shared / theirs.length;
  return (2 * precision * recall) / (precision + recall);
}
