import { hashOfWords } from './hash.ts';
import { BUCKET_WORDS, ID_MASK, LENGTH_SHIFT, LONGEST_INLINE, SLOT_WORDS } from './layout.ts';
import type { TokenBytes } from './token-bytes.ts';

/** The bits of a piece's first, second and third word that belong to the piece, by its length. */
export const FIRST_MASK: Int32Array = maskOf(0);
export const SECOND_MASK: Int32Array = maskOf(4);
export const THIRD_MASK: Int32Array = maskOf(8);

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
    const first = view.getInt32(from, true) & FIRST_MASK[length]!;
    const second = view.getInt32(from + 4, true) & SECOND_MASK[length]!;
    const third = view.getInt32(from + 8, true) & THIRD_MASK[length]!;
    let slot = bucketOf(first, second, third, table.length);
    while (table[slot + 3] !== 0) slot = (slot + SLOT_WORDS) & (table.length - 1);
    table[slot] = first;
    table[slot + 1] = second;
    table[slot + 2] = third;
    table[slot + 3] = (length << LENGTH_SHIFT) | id;
  }
  return table;
}

/** The id of the token whose bytes are these words, masked, and whose length is `length`; -1 if there is none. */
export function idOfWords(table: Int32Array, first: number, second: number, third: number, length: number): number {
  let slot = bucketOf(first, second, third, table.length);
  for (let entry = table[slot + 3]!; entry !== 0; entry = table[slot + 3]!) {
    // One branch for all four words: three more would be guessed wrong more often.
    const difference =
      (table[slot]! ^ first) |
      (table[slot + 1]! ^ second) |
      (table[slot + 2]! ^ third) |
      ((entry >> LENGTH_SHIFT) ^ length);
    if (difference === 0) return entry & ID_MASK;
    slot = (slot + SLOT_WORDS) & (table.length - 1);
  }
  return -1;
}

/** The id of the token that is the piece, if it has up to twelve bytes; -1 if there is none. */
export function idOfPiece(table: Int32Array, view: DataView, from: number, to: number): number {
  const length = to - from;
  if (length > LONGEST_INLINE) return -1;
  const first = view.getInt32(from, true) & FIRST_MASK[length]!;
  const second = view.getInt32(from + 4, true) & SECOND_MASK[length]!;
  const third = view.getInt32(from + 8, true) & THIRD_MASK[length]!;
  return idOfWords(table, first, second, third, length);
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

/** Longer than it need be: only typed arrays of more than 64 bytes have an address that V8 can build into code. */
function maskOf(from: number): Int32Array {
  return Int32Array.from({ length: 32 }, (_, length) => {
    const bytes = Math.max(0, Math.min(4, length - from));
    return bytes === 4 ? -1 : (1 << (8 * bytes)) - 1;
  });
}
