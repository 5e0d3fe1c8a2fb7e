import { mix } from './hash.ts';
import { powerOfTwoFrom } from './piece-table.ts';

const ID_BITS = 18;
const ID_MASK = (1 << ID_BITS) - 1;

/**
 * Open addressing with one entry a token: its id + 1, and above it 14 bits of the hash of its halves,
 * so that a slot taken by another pair is nearly always told apart without reading the halves.
 */
export function buildPairTable(left: Int32Array, right: Int32Array): Int32Array {
  const table = new Int32Array(powerOfTwoFrom(left.length * 2));
  for (let id = 0; id < left.length; id++) {
    if (left[id]! < 0) continue;
    const hash = hashOfPair(left[id]!, right[id]!);
    let slot = hash & (table.length - 1);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = ((hash >>> ID_BITS) << ID_BITS) | (id + 1);
  }
  return table;
}

/** The token that `a` and `b` merge into, or -1. */
export function mergeOf(a: number, b: number, pairs: Int32Array, left: Int32Array, right: Int32Array): number {
  const hash = hashOfPair(a, b);
  const last = pairs.length - 1;
  for (let slot = hash & last; ; slot = (slot + 1) & last) {
    const entry = pairs[slot]!;
    if (entry === 0) return -1;
    if ((entry ^ hash) >>> ID_BITS !== 0) continue;
    const id = (entry & ID_MASK) - 1;
    if (left[id] === a && right[id] === b) return id;
  }
}

function hashOfPair(a: number, b: number): number {
  const hash = mix((Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca77)) | 0);
  return hash ^ (hash >>> 16);
}
