import { hashOfWords } from './hash.ts';

/** Longest token the table holds: three words. Nearly all of English and code is shorter. */
export const LONGEST_INLINE = 12;

const BUCKET_WORDS = 16;

/** MASKS[part][length]: the bits of that word of a piece which belong to the piece. */
export const MASKS: readonly [Int32Array, Int32Array, Int32Array] = [maskOf(0), maskOf(4), maskOf(8)];

/**
 * A hash table with the keys inside, so that a look-up touches one cache line: four slots to a
 * bucket, each of three words of bytes and one of length << 24 | id. A full bucket overflows into the
 * next. Tokens come in rank order, so frequent ones sit in their own bucket.
 */
export function buildPieceTable(tokens: readonly (Uint8Array | undefined)[]): Int32Array {
  const short = tokens.filter((token) => token !== undefined && token.length <= LONGEST_INLINE).length;
  const buckets = powerOfTwoFrom(short / 3);
  const table = new Int32Array(buckets * BUCKET_WORDS);
  tokens.forEach((token, id) => {
    if (token === undefined || token.length > LONGEST_INLINE) return;
    const padded = new DataView(new ArrayBuffer(LONGEST_INLINE));
    token.forEach((byte, at) => padded.setUint8(at, byte));
    const words = [0, 4, 8].map((at) => padded.getInt32(at, true));
    let slot = bucketOf(words[0]!, words[1]!, words[2]!, table.length);
    while (table[slot + 3] !== 0) slot = (slot + 4) & (table.length - 1);
    table.set([...words, (token.length << 24) | id], slot);
  });
  return table;
}

/** Index of the first word of the bucket where a piece's search starts. */
export function bucketOf(first: number, second: number, third: number, tableLength: number): number {
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
