import { mix } from './hash.ts';

/** Longer pieces are rare, and matched anew each time. */
const LONGEST = 255;
const SLOTS = 1 << 15;
const ARENA_WORDS = 1 << 19;

/**
 * The tokens of pieces seen before, of those that are not a short token themselves. Two slots a
 * piece; the keys are kept and compared whole. When the arena is full everything is forgotten: a
 * cache that only ever fills has no bookkeeping, and what is in use comes back at once. The memory
 * is touched, and so taken from the system, only as the cache fills.
 *
 * An entry: length << 16 | count, the piece's bytes four to a word, then its tokens.
 */
export class PieceCache {
  readonly arena: Int32Array = new Int32Array(ARENA_WORDS);
  private readonly slots: Int32Array = new Int32Array(SLOTS);
  private top = 1;
  /** Where `find` looked in vain, for `add`. */
  private slot = 0;

  /** Place of the piece's entry in `arena`, or 0. `view` must have three bytes past the piece. */
  find(view: DataView, from: number, to: number): number {
    const length = to - from;
    if (length > LONGEST) return 0;
    let hash = length;
    for (let at = from; at < to; at += 4) {
      hash = Math.imul((hash ^ wordAt(view, at, to)) + 0x7f4a7c15, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const slot = mix(hash) >>> 17;
    const first = this.slots[slot]!;
    if (first !== 0 && this.holds(first, view, from, to)) return first;
    const second = this.slots[slot ^ 1]!;
    if (second !== 0 && this.holds(second, view, from, to)) return second;
    this.slot = second === 0 ? slot ^ 1 : slot;
    return 0;
  }

  /** Keeps the tokens of the piece that `find` has just not found. */
  add(view: DataView, from: number, to: number, ids: Int32Array, count: number): void {
    const length = to - from;
    if (length > LONGEST) return;
    if (this.top + 1 + ((length + 3) >> 2) + count > ARENA_WORDS) {
      this.slots.fill(0);
      this.top = 1;
    }
    this.slots[this.slot] = this.top;
    this.arena[this.top++] = (length << 16) | count;
    for (let at = from; at < to; at += 4) this.arena[this.top++] = wordAt(view, at, to);
    for (let index = 0; index < count; index++) this.arena[this.top++] = ids[index]!;
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

/** Number of tokens of an entry. */
export function countOf(arena: Int32Array, entry: number): number {
  return arena[entry]! & 0xffff;
}

/** Place of an entry's first token. */
export function tokensAt(arena: Int32Array, entry: number): number {
  return entry + 1 + (((arena[entry]! >> 16) + 3) >> 2);
}

/** The four bytes at `at`, those at `to` and after it as zeros. */
function wordAt(view: DataView, at: number, to: number): number {
  const word = view.getInt32(at, true);
  const length = to - at;
  return length >= 4 ? word : word & ((1 << (8 * length)) - 1);
}
