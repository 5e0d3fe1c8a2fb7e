import { blocksOf, findOccurrences } from './lcs.ts';
import { KEPT_BLOCKS, markLcs, NO_WORD } from './union-lcs.ts';

/**
 * ROUGE-Lsum's hits: for each sentence of the reference, the union of its longest common subsequences with every sentence of the
 * prediction (Lin 2004, section 3.2), each word used at most as often as both texts have it, as rouge_score counts it.
 */
export function countSummaryHits(
  reference: readonly Int32Array[],
  prediction: readonly Int32Array[],
  distinct: number,
): number {
  const places = placeWords(prediction);
  const longest = Math.max(0, ...reference.map(({ length }) => length));
  const rows = new Uint32Array(
    Math.max(2 * blocksOf(longest), Math.min(KEPT_BLOCKS, blocksOf(longest) * (places.words.length + 1))),
  );
  const leftInPrediction = countWords(prediction, distinct);
  const leftInReference = countWords(reference, distinct);
  let hits = 0;
  for (const sentence of reference) {
    if (sentence.length === 0) continue;
    const marks = markUnion(sentence, places, distinct, rows);
    for (let at = 0; at < sentence.length; at++) {
      const word = sentence[at]!;
      if (marks[at] === 1 && leftInPrediction[word]! > 0 && leftInReference[word]! > 0) {
        hits++;
        leftInPrediction[word]!--;
        leftInReference[word]!--;
      }
    }
  }
  return hits;
}

/** All sentences laid end to end, one empty place apart, so that sentences without a shared word cost nothing. */
interface Places {
  readonly words: Int32Array;
  readonly sentenceByPlace: Int32Array;
  readonly placesByWord: ReadonlyMap<number, readonly number[]>;
}

function placeWords(sentences: readonly Int32Array[]): Places {
  const total = sentences.reduce((sum, { length }) => sum + length + 1, 0);
  const words = new Int32Array(total).fill(NO_WORD);
  const sentenceByPlace = new Int32Array(total);
  const placesByWord = new Map<number, number[]>();
  let place = 0;
  sentences.forEach((sentence, index) => {
    for (const word of sentence) {
      words[place] = word;
      sentenceByPlace[place] = index;
      const places = placesByWord.get(word);
      if (places) places.push(place);
      else placesByWord.set(word, [place]);
      place++;
    }
    place++;
  });
  return { words, sentenceByPlace, placesByWord };
}

function markUnion(sentence: Int32Array, places: Places, distinct: number, rows: Uint32Array): Uint8Array {
  const marked = {
    words: sentence,
    occurrences: findOccurrences(sentence, distinct),
    marks: new Uint8Array(sentence.length),
  };
  const shared = findShared(new Set(sentence), places);
  const { sentenceByPlace } = places;
  for (let from = 0; from < shared.length;) {
    const index = sentenceByPlace[shared[from]!];
    let to = from + 1;
    while (to < shared.length && sentenceByPlace[shared[to]!] === index) to++;
    markLcs(marked, shared, from, to, places.words, rows);
    from = to;
  }
  return marked.marks;
}

/** Where the words stand, in order. */
function findShared(words: ReadonlySet<number>, { words: all, placesByWord }: Places): Int32Array {
  let count = 0;
  for (const word of words) count += placesByWord.get(word)?.length ?? 0;
  const shared = new Int32Array(count);
  let next = 0;
  // Sorting many places costs more than looking at each.
  if (count * 16 > all.length) {
    for (let place = 0; place < all.length; place++) if (words.has(all[place]!)) shared[next++] = place;
    return shared;
  }
  for (const word of words) for (const place of placesByWord.get(word) ?? []) shared[next++] = place;
  return shared.sort();
}

function countWords(sentences: readonly Int32Array[], distinct: number): Int32Array {
  const counts = new Int32Array(distinct);
  for (const sentence of sentences) for (const word of sentence) counts[word]!++;
  return counts;
}
