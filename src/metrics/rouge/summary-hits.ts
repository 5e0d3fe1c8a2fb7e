import { findOccurrences } from './lcs.ts';
import { markLcs } from './union-lcs.ts';

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
  const leftInPrediction = countWords(prediction, distinct);
  const leftInReference = countWords(reference, distinct);
  let hits = 0;
  for (const sentence of reference) {
    const marks = markUnion(sentence, prediction, places, distinct);
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

/** The places of each word over all sentences laid end to end, so that sentences without a shared word cost nothing. */
interface Places {
  readonly placesByWord: ReadonlyMap<number, readonly number[]>;
  readonly sentenceByPlace: Int32Array;
  readonly offsets: readonly number[];
}

function placeWords(sentences: readonly Int32Array[]): Places {
  const offsets = [0];
  for (const sentence of sentences) offsets.push(offsets.at(-1)! + sentence.length);
  const sentenceByPlace = new Int32Array(offsets.at(-1)!);
  const placesByWord = new Map<number, number[]>();
  sentences.forEach((sentence, index) => {
    sentence.forEach((word, at) => {
      const place = offsets[index]! + at;
      sentenceByPlace[place] = index;
      const places = placesByWord.get(word);
      if (places) places.push(place);
      else placesByWord.set(word, [place]);
    });
  });
  return { placesByWord, sentenceByPlace, offsets };
}

function markUnion(
  sentence: Int32Array,
  prediction: readonly Int32Array[],
  places: Places,
  distinct: number,
): Uint8Array {
  const marks = new Uint8Array(sentence.length);
  const shared = Int32Array.from([...new Set(sentence)].flatMap((word) => places.placesByWord.get(word) ?? [])).sort();
  const occurrences = findOccurrences(sentence, distinct);
  for (let from = 0; from < shared.length;) {
    const index = places.sentenceByPlace[shared[from]!]!;
    const offset = places.offsets[index]!;
    let to = from;
    while (to < shared.length && shared[to]! < places.offsets[index + 1]!) to++;
    const columns = shared.slice(from, to).map((place) => place - offset);
    markLcs(sentence, occurrences, columns, prediction[index]!, marks);
    from = to;
  }
  return marks;
}

function countWords(sentences: readonly Int32Array[], distinct: number): Int32Array {
  const counts = new Int32Array(distinct);
  for (const sentence of sentences) for (const word of sentence) counts[word]!++;
  return counts;
}
