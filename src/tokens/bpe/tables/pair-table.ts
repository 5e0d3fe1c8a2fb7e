import { mix } from './hash.ts';
import { powerOfTwoFrom } from './piece-table.ts';

/** Which two tokens merge into which. */
export interface PairTable {
  /** Open addressing, one entry a token: its id + 1. Whose halves they are, `left` and `right` say. */
  readonly entries: Int32Array;
  /**
   * One bit a hash, set if a pair has it; eight to sixteen bits for each pair. Nearly all pairs asked
   * for do not merge, and nine of ten are settled by this quarter of a megabyte, which stays cached.
   */
  readonly filter: Int32Array;
}

export function buildPairTable(left: Int32Array, right: Int32Array): PairTable {
  const entries = new Int32Array(powerOfTwoFrom(left.length * 2));
  const filter = new Int32Array(powerOfTwoFrom(left.length / 4));
  for (let id = 0; id < left.length; id++) {
    if (left[id]! < 0) continue;
    const sum = sumOf(left[id]!, right[id]!);
    const bit = sum & (filter.length * 32 - 1);
    filter[bit >> 5]! |= 1 << bit;
    let slot = slotOf(sum, entries.length);
    while (entries[slot] !== 0) slot = (slot + 1) & (entries.length - 1);
    entries[slot] = id + 1;
  }
  return { entries, filter };
}

/** The token that `a` and `b` merge into, or -1. */
export function mergeOf(
  a: number,
  b: number,
  entries: Int32Array,
  filter: Int32Array,
  left: Int32Array,
  right: Int32Array,
): number {
  const sum = sumOf(a, b);
  const bit = sum & (filter.length * 32 - 1);
  if ((filter[bit >> 5]! & (1 << bit)) === 0) return -1;
  for (let slot = slotOf(sum, entries.length); ; slot = (slot + 1) & (entries.length - 1)) {
    const id = entries[slot]! - 1;
    if (id < 0 || (left[id] === a && right[id] === b)) return id;
  }
}

function sumOf(a: number, b: number): number {
  const sum = (Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca77)) | 0;
  return sum ^ (sum >>> 15);
}

function slotOf(sum: number, length: number): number {
  const hash = mix(sum);
  return (hash ^ (hash >>> 16)) & (length - 1);
}
