import { mix } from './tables/hash.ts';
import { LAST_PLACE, LONGEST_KEPT, RING_MASK, RING_WORDS, SET_BITS, SET_WORDS, WAYS } from './tables/layout.ts';

/** How many tokens pieces seen before have. The views must have three bytes past the piece. */
export interface PieceCounts {
  /** Number of tokens of the piece, or 0 if it is not known. */
  readonly find: (view: DataView, from: number, to: number) => number;
  /** Keeps the count of the piece that `find` has just not found, in place of its set's oldest. */
  readonly add: (view: DataView, from: number, to: number, count: number) => void;
}

/**
 * The entries lie in a ring, the newest over the oldest: length << 16 | count, then the piece's bytes,
 * four to a word. A set of four slots has the hashes of entries and their places. Places only grow, so
 * that an entry since overwritten is known by its age. Keys are compared whole: the cache is exact. The
 * memory is touched, and so taken from the system, only as the ring fills.
 */
export function pieceCounts(): PieceCounts {
  const ring = new Int32Array(RING_WORDS);
  /** Four hashes, then four places, 0 for none. */
  const sets = new Int32Array(SET_WORDS << SET_BITS);
  let top = 1;
  /** The hash of the piece that `find` has looked for in vain. */
  let missed = 0;

  const holds = (place: number, view: DataView, from: number, to: number): boolean => {
    if (ring[place & RING_MASK]! >> 16 !== to - from) return false;
    for (let at = from; at < to; at += 4) {
      if (ring[++place & RING_MASK] !== wordAt(view, at, to)) return false;
    }
    return true;
  };

  const find = (view: DataView, from: number, to: number): number => {
    if (to - from > LONGEST_KEPT) return 0;
    let sum = to - from;
    for (let at = from; at < to; at += 4) {
      sum = Math.imul((sum ^ wordAt(view, at, to)) + 0x7f4a7c15, 0x9e3779b1);
      sum ^= sum >>> 15;
    }
    const hash = mix(sum);
    const set = setOf(hash);
    for (let slot = set; slot < set + WAYS; slot++) {
      if (sets[slot] !== hash) continue;
      const place = sets[slot + WAYS]!;
      if (place === 0 || top - place > RING_WORDS) continue;
      if (holds(place, view, from, to)) return ring[place & RING_MASK]! & 0xffff;
    }
    missed = hash;
    return 0;
  };

  const add = (view: DataView, from: number, to: number, count: number): void => {
    if (to - from > LONGEST_KEPT) return;
    if (top > LAST_PLACE) {
      sets.fill(0);
      top = 1;
    }
    const set = setOf(missed);
    let oldest = set;
    for (let slot = set + 1; slot < set + WAYS; slot++) {
      if (sets[slot + WAYS]! < sets[oldest + WAYS]!) oldest = slot;
    }
    sets[oldest] = missed;
    sets[oldest + WAYS] = top;
    ring[top++ & RING_MASK] = ((to - from) << 16) | count;
    for (let at = from; at < to; at += 4) ring[top++ & RING_MASK] = wordAt(view, at, to);
  };

  return { find, add };
}

/** Index of the first word of the set that a hash's entries are in. */
function setOf(hash: number): number {
  return (hash >>> (32 - SET_BITS)) * SET_WORDS;
}

/** The four bytes at `at`, those at `to` and after it as zeros. */
function wordAt(view: DataView, at: number, to: number): number {
  const word = view.getInt32(at, true);
  const length = to - at;
  return length >= 4 ? word : word & ((1 << (8 * length)) - 1);
}
