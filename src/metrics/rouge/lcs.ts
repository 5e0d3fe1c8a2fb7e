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

export const emptyRow = (length: number): Uint32Array => new Uint32Array((length + 31) >>> 5).fill(0xffffffff);

/** The next row: (row + (row & bits)) | (row & ~bits) over one long number, touching only the blocks that change. */
export function advanceRow(row: Uint32Array, word: number, { starts, blocks, bits }: Occurrences): void {
  let carry = 0;
  let next = 0;
  for (let entry = starts[word]!; entry < starts[word + 1]!; entry++) {
    const block = blocks[entry]!;
    if (carry > 0) carry = propagate(row, next, block);
    const before = row[block]!;
    const mask = bits[entry]!;
    const sum = before + ((before & mask) >>> 0) + carry;
    row[block] = sum | (before & ~mask);
    carry = sum > 0xffffffff ? 1 : 0;
    next = block + 1;
  }
  if (carry > 0) propagate(row, next, row.length);
}

// A carry sets the lowest zero bit; a block of ones stays and passes it on.
function propagate(row: Uint32Array, from: number, to: number): 0 | 1 {
  for (let block = from; block < to; block++) {
    const before = row[block]!;
    if (before !== 0xffffffff) {
      row[block] = before | (before + 1);
      return 0;
    }
  }
  return 1;
}

export const grows = (row: Uint32Array, at: number): boolean => ((row[at >>> 5]! >>> (at & 31)) & 1) === 0;

/** The length of the longest common subsequence, in time of the product of the lengths over 32. */
export function lcsLength(first: Int32Array, second: Int32Array, distinct: number): number {
  const occurrences = findOccurrences(first, distinct);
  const row = emptyRow(first.length);
  for (let at = 0; at < second.length; at++) advanceRow(row, second[at]!, occurrences);
  let length = 0;
  for (let at = 0; at < first.length; at++) if (grows(row, at)) length++;
  return length;
}
