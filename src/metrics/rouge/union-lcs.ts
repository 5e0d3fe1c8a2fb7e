import { advanceRow, emptyRow, grows, type Occurrences } from './lcs.ts';

/** Rows of the table that are kept at once; a longer table is cut into stretches and computed twice. */
const KEPT_BLOCKS = 1 << 20;

/**
 * Marks the words of a sequence that stand in the longest common subsequence with a second one: the subsequence that google's
 * rouge_score walks back to, since there can be many and the union over sentences depends on which.
 *
 * @param columns the places in the second sequence whose word occurs in the first at all; other places only repeat a row
 * @param words the word numbers of the second sequence
 */
export function markLcs(
  first: Int32Array,
  occurrences: Occurrences,
  columns: Int32Array,
  words: Int32Array,
  marks: Uint8Array,
): void {
  const width = (first.length + 31) >>> 5;
  const fits = columns.length * width <= KEPT_BLOCKS;
  const stride = fits ? Math.max(1, columns.length) : Math.ceil(Math.sqrt(columns.length));
  const starts: Uint32Array[] = [emptyRow(first.length)];
  for (let from = stride; from < columns.length; from += stride) {
    const row = starts.at(-1)!.slice();
    for (let column = from - stride; column < from; column++) advanceRow(row, words[columns[column]!]!, occurrences);
    starts.push(row);
  }

  let left = first.length;
  for (let stretch = starts.length - 1; stretch >= 0 && left > 0; stretch--) {
    const from = stretch * stride;
    const to = Math.min(from + stride, columns.length);
    const rows: Uint32Array[] = [];
    let row = starts[stretch]!;
    for (let column = from; column < to; column++) {
      row = row.slice();
      advanceRow(row, words[columns[column]!]!, occurrences);
      rows.push(row);
    }
    for (let column = to - 1; column >= from && left > 0; column--) {
      const current = rows[column - from]!;
      const place = columns[column]!;
      // Places without a shared word were left out: on them the walk steps back in the first sequence to where the row grows.
      if (columns[column + 1] !== place + 1) while (left > 0 && !grows(current, left - 1)) left--;
      while (left > 0 && first[left - 1] !== words[place] && !grows(current, left - 1)) left--;
      if (left > 0 && first[left - 1] === words[place]) marks[--left] = 1;
    }
  }
}
