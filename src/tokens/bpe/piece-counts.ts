import { mix } from './tables/hash.ts';

/** Longer pieces are rare, and matched anew each time. */
const LONGEST = 255;
const WAYS = 4;
const SETS = 1 << 15;
const RING_WORDS = 1 << 19;
const RING_MASK = RING_WORDS - 1;
/** Places count up for as long as the process runs; long before they leave 32 bits, all is forgotten. */
const LAST_PLACE = 1 << 30;

/**
 * How many tokens the pieces seen before have, of those that are not a short token themselves. The
 * entries lie in a ring, the newest over the oldest: length << 16 | count, then the piece's bytes, four
 * to a word. A set of four slots says where the entries of one hash are, by places that only grow, so
 * that an entry since overwritten is known by its age. Keys are compared whole: the cache is exact. The
 * memory is touched, and so taken from the system, only as the ring fills.
 */
export class PieceCounts {
  private readonly ring: Int32Array = new Int32Array(RING_WORDS);
  /** Places of entries, 0 for none. */
  private readonly slots: Int32Array = new Int32Array(SETS * WAYS);
  private top = 1;
  /** Where `find` has looked in vain, for `add`. */
  private set = 0;

  /** Number of tokens of the piece, or 0 if it is not known. `view` must have three bytes past the piece. */
  find(view: DataView, from: number, to: number): number {
    if (to - from > LONGEST) return 0;
    let hash = to - from;
    for (let at = from; at < to; at += 4) {
      hash = Math.imul((hash ^ wordAt(view, at, to)) + 0x7f4a7c15, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    this.set = (mix(hash) >>> 17) * WAYS;
    for (let slot = this.set; slot < this.set + WAYS; slot++) {
      const place = this.slots[slot]!;
      if (place === 0 || this.top - place > RING_WORDS) continue;
      if (this.holds(place, view, from, to)) return this.ring[place & RING_MASK]! & 0xffff;
    }
    return 0;
  }

  /** Keeps the count of the piece that `find` has just not found, in place of the set's oldest. */
  add(view: DataView, from: number, to: number, count: number): void {
    if (to - from > LONGEST) return;
    if (this.top > LAST_PLACE) {
      this.slots.fill(0);
      this.top = 1;
    }
    let oldest = this.set;
    for (let slot = oldest + 1; slot < this.set + WAYS; slot++) {
      if (this.slots[slot]! < this.slots[oldest]!) oldest = slot;
    }
    this.slots[oldest] = this.top;
    this.ring[this.top++ & RING_MASK] = ((to - from) << 16) | count;
    for (let at = from; at < to; at += 4) this.ring[this.top++ & RING_MASK] = wordAt(view, at, to);
  }

  private holds(place: number, view: DataView, from: number, to: number): boolean {
    const { ring } = this;
    if (ring[place & RING_MASK]! >> 16 !== to - from) return false;
    for (let at = from; at < to; at += 4) {
      if (ring[++place & RING_MASK] !== wordAt(view, at, to)) return false;
    }
    return true;
  }
}

/** The four bytes at `at`, those at `to` and after it as zeros. */
function wordAt(view: DataView, at: number, to: number): number {
  const word = view.getInt32(at, true);
  const length = to - at;
  return length >= 4 ? word : word & ((1 << (8 * length)) - 1);
}
