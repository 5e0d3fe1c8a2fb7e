import { hashOfWords } from './hash.ts';
import type { TokenBytes } from './token-bytes.ts';

/** Longest token the table holds: three words. Nearly all of English and code is shorter. */
const LONGEST_INLINE = 12;

const SLOT_WORDS = 4;
const BUCKET_WORDS = 16;
const LENGTH_SHIFT = 24;
const ID_MASK = (1 << LENGTH_SHIFT) - 1;

/** The bits of a piece's first, second and third word that belong to the piece, by its length. */
const FIRST_MASK = maskOf(0);
const SECOND_MASK = maskOf(4);
const THIRD_MASK = maskOf(8);

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

/** What a look-up reads and writes: a view of the text, where pieces end, and room for what is found. */
export interface FindMemory {
  readonly view: DataView;
  readonly ends: Int32Array;
  readonly ids: Int32Array;
  readonly missing: Int32Array;
}

/**
 * Looks up the pieces that end at ends[0..count), the first from `from`: ids[n] becomes the nth
 * piece's id, or -1 if the table does not have it. Writes which it does not have to `missing`, and
 * returns how many. `view` must have room for three words past the last piece's start.
 */
export type FindPieces = (from: number, count: number) => number;

/** Makes the look-up for one memory. */
export function pieceFinder({ view, ends, ids, missing }: FindMemory, table: Int32Array): FindPieces {
  // Constants of this function, not fields of an argument: V8 builds their addresses into the code.
  const text = view;
  const cuts = ends;
  const found = ids;
  const absent = missing;
  const slots = table;
  const wrap = table.length - 1;

  return (from, count) => {
    let start = from;
    let misses = 0;
    for (let index = 0; index < count; index++) {
      const end = cuts[index]!;
      const length = end - start;
      let id = -1;
      if (length <= LONGEST_INLINE) {
        const first = text.getInt32(start, true) & FIRST_MASK[length]!;
        const second = text.getInt32(start + 4, true) & SECOND_MASK[length]!;
        const third = length > 8 ? text.getInt32(start + 8, true) & THIRD_MASK[length]! : 0;
        let slot = bucketOf(first, second, third, slots.length);
        for (let entry = slots[slot + 3]!; entry !== 0; entry = slots[slot + 3]!) {
          // One branch for all four words: three more would be guessed wrong more often.
          const difference =
            (slots[slot]! ^ first) |
            (slots[slot + 1]! ^ second) |
            (slots[slot + 2]! ^ third) |
            ((entry >> LENGTH_SHIFT) ^ length);
          if (difference === 0) {
            id = entry & ID_MASK;
            break;
          }
          slot = (slot + SLOT_WORDS) & wrap;
        }
      }
      found[index] = id;
      if (id < 0) absent[misses++] = index;
      start = end;
    }
    return misses;
  };
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
