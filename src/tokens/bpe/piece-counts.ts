import { mix } from './hash.ts';

/** Longer pieces are rare, and matched anew each time. */
const LONGEST = 255;
const SLOT_BITS = 16;
const ARENA_WORDS = 1 << 19;

/**
 * How many tokens the pieces seen before have, of those that are not a short token themselves. Two
 * slots a piece; the keys are kept and compared whole. When the arena is full everything is forgotten:
 * a cache that only ever fills has no bookkeeping, and what is in use comes back at once. The memory
 * is touched, and so taken from the system, only as the cache fills.
 *
 * An entry: length << 16 | count, then the piece's bytes, four to a word.
 */
export class PieceCounts {
  private readonly arena: Int32Array = new Int32Array(ARENA_WORDS);
  private readonly slots: Int32Array = new Int32Array(1 << SLOT_BITS);
  private top = 1;
  /** Where `find` looked in vain, for `add`. */
  private slot = 0;

  /** Number of tokens of the piece, or 0 if it is not known. `view` must have three bytes past the piece. */
  find(view: DataView, from: number, to: number): number {
    if (to - from > LONGEST) return 0;
    let hash = to - from;
    for (let at = from; at < to; at += 4) {
      hash = Math.imul((hash ^ wordAt(view, at, to)) + 0x7f4a7c15, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const slot = mix(hash) >>> (32 - SLOT_BITS);
    const first = this.slots[slot]!;
    if (first !== 0 && this.holds(first, view, from, to)) return this.arena[first]! & 0xffff;
    const second = this.slots[slot ^ 1]!;
    if (second !== 0 && this.holds(second, view, from, to)) return this.arena[second]! & 0xffff;
    this.slot = first !== 0 && second === 0 ? slot ^ 1 : slot;
    return 0;
  }

  /** Keeps the count of the piece that `find` has just not found. */
  add(view: DataView, from: number, to: number, count: number): void {
    const length = to - from;
    if (length > LONGEST) return;
    if (this.top + 1 + ((length + 3) >> 2) > ARENA_WORDS) {
      this.slots.fill(0);
      this.top = 1;
    }
    this.slots[this.slot] = this.top;
    this.arena[this.top++] = (length << 16) | count;
    for (let at = from; at < to; at += 4) this.arena[this.top++] = wordAt(view, at, to);
  }

  private holds(entry: number, view: DataView, from: number, to: number): boolean {
    const { arena } = this;
    if (arena[entry]! >> 16 !== to - from) return false;
    for (let at = from; at < to; at += 4) {
      if (arena[++entry] !== wordAt(view, at, to)) return false;
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
