// Longest common subsequences by bit vectors (Crochemore et al. 2001, Hyyrö 2004), 32 cells of the textbook table at once. A row
// belongs to one word of the second sequence; its bit i is 0 where the subsequence grows with word i of the first.

/** Where each word stands in a sequence: word w has the entries `starts[w]` to `starts[w + 1]`, each a block of 32 and its bits. */
export interface Occurrences {
  readonly length: number;
  readonly starts: Int32Array;
  readonly blocks: Int32Array;
  readonly bits: Uint32Array;
}

/** @param distinct every word number is below it */
export function findOccurrences(sequence: Int32Array, distinct: number): Occurrences {
  const starts = new Int32Array(distinct + 1);
  const lastBlock = new Int32Array(distinct).fill(-1);
  for (let at = 0; at < sequence.length; at++) {
    const word = sequence[at]!;
    if (lastBlock[word] === at >>> 5) continue;
    lastBlock[word] = at >>> 5;
    starts[word + 1]!++;
  }
  for (let word = 0; word < distinct; word++) starts[word + 1]! += starts[word]!;
  const ends = starts.slice(0, distinct);
  const blocks = new Int32Array(starts[distinct]!);
  const bits = new Uint32Array(starts[distinct]!);
  for (let at = 0; at < sequence.length; at++) {
    const word = sequence[at]!;
    let entry = ends[word]! - 1;
    if (entry < starts[word]! || blocks[entry] !== at >>> 5) {
      entry = ends[word]!++;
      blocks[entry] = at >>> 5;
    }
    bits[entry]! |= 1 << (at & 31);
  }
  return { length: sequence.length, starts, blocks, bits };
}

/** How many blocks a row takes. */
export const blocksOf = (length: number): number => (length + 31) >>> 5;

/**
 * The next row, in place: (row + (row & bits)) | (row & ~bits) over one long number, touching only the blocks that change.
 *
 * @param base where in `rows` the row starts
 */
export function advanceRow(rows: Uint32Array, base: number, word: number, occurrences: Occurrences): void {
  const { starts, blocks, bits } = occurrences;
  let carry = 0;
  let next = base;
  for (let entry = starts[word]!; entry < starts[word + 1]!; entry++) {
    const block = base + blocks[entry]!;
    if (carry > 0) carry = propagate(rows, next, block);
    const before = rows[block]!;
    const mask = bits[entry]!;
    const sum = before + ((before & mask) >>> 0) + carry;
    rows[block] = sum | (before & ~mask);
    carry = sum > 0xffffffff ? 1 : 0;
    next = block + 1;
  }
  if (carry > 0) propagate(rows, next, base + blocksOf(occurrences.length));
}

// A carry sets the lowest zero bit; a block of ones stays and passes it on.
function propagate(rows: Uint32Array, from: number, to: number): 0 | 1 {
  for (let block = from; block < to; block++) {
    const before = rows[block]!;
    if (before !== 0xffffffff) {
      rows[block] = before | (before + 1);
      return 0;
    }
  }
  return 1;
}

export const grows = (rows: Uint32Array, base: number, at: number): boolean =>
  ((rows[base + (at >>> 5)]! >>> (at & 31)) & 1) === 0;

/** The length of the longest common subsequence, in time of the product of the lengths over 32. */
export function lcsLength(first: Int32Array, second: Int32Array, distinct: number): number {
  const occurrences = findOccurrences(first, distinct);
  const row = new Uint32Array(blocksOf(first.length)).fill(0xffffffff);
  for (let at = 0; at < second.length; at++) advanceRow(row, 0, second[at]!, occurrences);
  let length = 0;
  for (let at = 0; at < first.length; at++) if (grows(row, 0, at)) length++;
  return length;
}
