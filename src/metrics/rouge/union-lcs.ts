import { advanceRow, blocksOf, grows, type Occurrences } from './lcs.ts';

/** One sentence of the reference, and its words that some subsequence has reached so far. */
export interface Marked {
  readonly words: Int32Array;
  readonly occurrences: Occurrences;
  readonly marks: Uint8Array;
}

/** What stands between two sentences laid end to end. */
export const NO_WORD = -1;

/** Blocks of rows that are kept at once; a longer table is cut into stretches and computed twice. */
export const KEPT_BLOCKS: number = 1 << 20;

/**
 * Marks the words of a sentence that stand in its longest common subsequence with another: the subsequence that google's rouge_score
 * walks back to, since there can be many, and the union over sentences depends on which.
 *
 * @param places where the other's words that both have stand, from `from` to `to`; at other places a row only repeats
 * @param other the words at all places, with NO_WORD after a sentence's last
 * @param rows room for rows, of KEPT_BLOCKS or more than the sentence needs for two
 */
export function markLcs(
  { words, occurrences, marks }: Marked,
  places: Int32Array,
  from: number,
  to: number,
  other: Int32Array,
  rows: Uint32Array,
): void {
  const width = blocksOf(words.length);
  const stride = Math.floor(rows.length / width) - 1;
  const starts = to - from > stride ? findStarts(occurrences, places, from, to, other, stride) : [];

  let left = words.length;
  for (let stretch = starts.length; stretch >= 0 && left > 0; stretch--) {
    const start = from + stretch * stride;
    const end = Math.min(start + stride, to);
    if (stretch > 0) rows.set(starts[stretch - 1]!);
    else rows.fill(0xffffffff, 0, width);
    for (let column = start; column < end; column++) {
      const base = (column - start + 1) * width;
      for (let block = base; block < base + width; block++) rows[block] = rows[block - width]!;
      advanceRow(rows, base, other[places[column]!]!, occurrences);
    }
    for (let column = end - 1; column >= start && left > 0; column--) {
      const base = (column - start + 1) * width;
      const place = places[column]!;
      const word = other[place]!;
      // Places without a shared word were left out: on them the walk steps back in the sentence to where the row grows.
      const isLast = other[place + 1] === NO_WORD;
      const isAdjacent = column + 1 < to && places[column + 1] === place + 1;
      if (!isLast && !isAdjacent) while (left > 0 && !grows(rows, base, left - 1)) left--;
      while (left > 0 && words[left - 1] !== word && !grows(rows, base, left - 1)) left--;
      if (left > 0 && words[left - 1] === word) marks[--left] = 1;
    }
  }
}

/** The rows before the second and all later stretches. */
function findStarts(
  occurrences: Occurrences,
  places: Int32Array,
  from: number,
  to: number,
  other: Int32Array,
  stride: number,
): Uint32Array[] {
  const starts: Uint32Array[] = [];
  const row = new Uint32Array(blocksOf(occurrences.length)).fill(0xffffffff);
  for (let column = from; column < to; column++) {
    if (column > from && (column - from) % stride === 0) starts.push(row.slice());
    advanceRow(row, 0, other[places[column]!]!, occurrences);
  }
  return starts;
}
