import { hashOfWords } from './hash.ts';
import type { TokenBytes } from './token-bytes.ts';

/** Longest token the table holds: three words. Nearly all of English and code is shorter. */
const LONGEST_INLINE = 12;

const SLOT_WORDS = 4;
const BUCKET_WORDS = 16;
const LENGTH_SHIFT = 24;
const ID_MASK = (1 << LENGTH_SHIFT) - 1;

/** MASKS[part][length]: the bits of that word of a piece which belong to the piece. */
const MASKS = [maskOf(0), maskOf(4), maskOf(8)] as const;

/**
 * A hash table with the keys inside, so that a look-up touches one cache line: four slots to a
 * bucket, each of three words of bytes and one of length << 24 | id. A full bucket overflows into the
 * next. Tokens come in rank order, so frequent ones sit in their own bucket.
 */
export function buildPieceTable({ bytes, ends }: TokenBytes): Int32Array {
  const padded = new Uint8Array(bytes.length + LONGEST_INLINE);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  let short = 0;
  for (let id = 0, from = 0; id < ends.length; from = ends[id++]!) {
    if (ends[id]! - from <= LONGEST_INLINE) short++;
  }
  const table = new Int32Array(powerOfTwoFrom(short / 3) * BUCKET_WORDS);
  for (let id = 0, from = 0; id < ends.length; from = ends[id++]!) {
    const length = ends[id]! - from;
    if (length === 0 || length > LONGEST_INLINE) continue;
    const first = view.getInt32(from, true) & MASKS[0][length]!;
    const second = view.getInt32(from + 4, true) & MASKS[1][length]!;
    const third = view.getInt32(from + 8, true) & MASKS[2][length]!;
    let slot = bucketOf(first, second, third, table.length);
    while (table[slot + 3] !== 0) slot = (slot + SLOT_WORDS) & (table.length - 1);
    table[slot] = first;
    table[slot + 1] = second;
    table[slot + 2] = third;
    table[slot + 3] = (length << LENGTH_SHIFT) | id;
  }
  return table;
}

/**
 * Looks up the pieces that end at ends[0..count), the first from `from`: ids[n] becomes the nth
 * piece's id, or -1 if the table does not have it. Writes which it does not have to `missing`, and
 * returns how many. `view` must have room for three words past the last piece's start.
 */
export function findPieces(
  table: Int32Array,
  view: DataView,
  from: number,
  ends: Int32Array,
  count: number,
  ids: Int32Array,
  missing: Int32Array,
): number {
  const [firstMask, secondMask, thirdMask] = MASKS;
  const wrap = table.length - 1;
  let start = from;
  let misses = 0;
  for (let index = 0; index < count; index++) {
    const end = ends[index]!;
    const length = end - start;
    let id = -1;
    if (length <= LONGEST_INLINE) {
      const first = view.getInt32(start, true) & firstMask[length]!;
      const second = view.getInt32(start + 4, true) & secondMask[length]!;
      const third = length > 8 ? view.getInt32(start + 8, true) & thirdMask[length]! : 0;
      let slot = bucketOf(first, second, third, table.length);
      for (let entry = table[slot + 3]!; entry !== 0; entry = table[slot + 3]!) {
        // One branch for all four words: three more would be guessed wrong more often.
        const difference =
          (table[slot]! ^ first) |
          (table[slot + 1]! ^ second) |
          (table[slot + 2]! ^ third) |
          ((entry >> LENGTH_SHIFT) ^ length);
        if (difference === 0) {
          id = entry & ID_MASK;
          break;
        }
        slot = (slot + SLOT_WORDS) & wrap;
      }
    }
    ids[index] = id;
    if (id < 0) missing[misses++] = index;
    start = end;
  }
  return misses;
}

/** Index of the first word of the bucket where a piece's search starts. */
function bucketOf(first: number, second: number, third: number, tableLength: number): number {
  return (hashOfWords(first, second, third) >>> 8) & (tableLength - BUCKET_WORDS);
}

export function powerOfTwoFrom(least: number): number {
  let size = 1;
  while (size < least) size *= 2;
  return size;
}

function maskOf(from: number): Int32Array {
  return Int32Array.from({ length: LONGEST_INLINE + 1 }, (_, length) => {
    const bytes = Math.max(0, Math.min(4, length - from));
    return bytes === 4 ? -1 : (1 << (8 * bytes)) - 1;
  });
}
