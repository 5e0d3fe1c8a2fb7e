import { requireNumber } from './check.ts';
import { porterStem } from './porter-stem.ts';
import { requireLists, type TextOrWords, wordsOf } from './words.ts';

export interface MeteorOptions {
  /** How much recall outweighs precision in the mean, default 0.9. */
  readonly alpha?: number;
  /** How steeply the penalty grows with the number of chunks, default 3. */
  readonly beta?: number;
  /** The largest penalty, default 0.5. */
  readonly gamma?: number;
}

interface Match {
  readonly ours: number;
  readonly theirs: number;
}

/**
 * METEOR (Lavie and Agarwal 2007) as nltk computes it, with its exact and its stem stage; the synonym stage needs WordNet and isn't
 * here. 0 to 1, and just under 1 for equal texts, since one chunk already costs gamma / words^beta.
 *
 * Fmean = P R / (alpha P + (1 - alpha) R), score = Fmean (1 - gamma (chunks / matches)^beta); the best reference counts.
 *
 * @param hypothesis a text, split on white space and lowercased, or its words
 * @throws RangeError for no references.
 * @example meteor('the cat sits', ['the cat sat']); // 0.625
 */
export function meteor(
  hypothesis: TextOrWords,
  references: readonly TextOrWords[],
  options: MeteorOptions = {},
): number {
  const { alpha = 0.9, beta = 3, gamma = 0.5 } = options;
  requireNumber(alpha, 'alpha', 0, 1);
  requireNumber(beta, 'beta', 0);
  requireNumber(gamma, 'gamma', 0, 1);
  requireLists(references);
  const ours = wordsOf(hypothesis, 'hypothesis').map((word) => word.toLowerCase());
  let best = 0;
  references.forEach((reference, at) => {
    const theirs = wordsOf(reference, `references[${at}]`).map((word) => word.toLowerCase());
    const matches = alignWords(ours, theirs);
    if (matches.length === 0) return;
    const precision = matches.length / ours.length;
    const recall = matches.length / theirs.length;
    const mean = (precision * recall) / (alpha * precision + (1 - alpha) * recall);
    const penalty = gamma * (countChunks(matches) / matches.length) ** beta;
    best = Math.max(best, (1 - penalty) * mean);
  });
  return best;
}

/** First equal words, then words with equal stems among what is left, each from the end backwards as nltk does. */
function alignWords(ours: readonly string[], theirs: readonly string[]): Match[] {
  const exact = matchFromEnd([...ours.entries()], [...theirs.entries()]);
  const stems = matchFromEnd(exact.ours.map(stemWord), exact.theirs.map(stemWord));
  return [...exact.matches, ...stems.matches].sort((a, b) => a.ours - b.ours);
}

type Numbered = [at: number, word: string];

const stemWord = ([at, word]: Numbered): Numbered => [at, porterStem(word)];

function matchFromEnd(
  ours: readonly Numbered[],
  theirs: readonly Numbered[],
): { matches: Match[]; ours: Numbered[]; theirs: Numbered[] } {
  const placesByWord = new Map<string, number[]>();
  for (const [at, word] of theirs) {
    const places = placesByWord.get(word);
    if (places) places.push(at);
    else placesByWord.set(word, [at]);
  }
  const matches: Match[] = [];
  const unmatched: Numbered[] = [];
  for (const [at, word] of ours.toReversed()) {
    const place = placesByWord.get(word)?.pop();
    if (place === undefined) unmatched.push([at, word]);
    else matches.push({ ours: at, theirs: place });
  }
  const taken = new Set(matches.map((match) => match.theirs));
  return { matches, ours: unmatched.reverse(), theirs: theirs.filter(([at]) => !taken.has(at)) };
}

function countChunks(matches: readonly Match[]): number {
  let chunks = 1;
  for (let at = 1; at < matches.length; at++) {
    const [before, match] = [matches[at - 1]!, matches[at]!];
    if (match.ours !== before.ours + 1 || match.theirs !== before.theirs + 1) chunks++;
  }
  return chunks;
}
