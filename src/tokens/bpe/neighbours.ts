import type { Tables } from './tables/format.ts';
import { mergeOf } from './tables/pair-table.ts';

/** Ids below are single bytes; the build checks that they are and that no other id is. */
const BYTES = 256;
const SEEN_BITS = 14;

/** Tells which tokens may stand side by side; remembers the pairs that may, since text repeats itself. */
export class Neighbours {
  private readonly tables: Tables;
  /** Two ids a slot. */
  private readonly seen: Int32Array = new Int32Array(2 << SEEN_BITS);

  constructor(tables: Tables) {
    this.tables = tables;
  }

  /** Whether merging the bytes of `a` and of `b` together gives `a`, `b`. */
  mayStand(a: number, b: number): boolean {
    const { seen } = this;
    const slot = ((Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca77)) >>> (32 - SEEN_BITS)) * 2;
    if (seen[slot] === a && seen[slot + 1] === b) return true;
    if (!areFinal(a, b, this.tables)) return false;
    seen[slot] = a;
    seen[slot + 1] = b;
    return true;
  }
}

/** Undoes the merges of `a` and `b`, the latest first, and sees that none across the border was due before the one undone. */
function areFinal(a: number, b: number, { pairs: { entries, filter }, left, right }: Tables): boolean {
  let due = 0x7fffffff;
  for (;;) {
    const merged = mergeOf(a, b, entries, filter, left, right);
    if (merged >= 0 && merged < due) return false;
    if (a < BYTES && b < BYTES) return true;
    if (a > b) {
      due = a;
      a = right[a]!;
    } else {
      due = b + 1;
      b = left[b]!;
    }
  }
}
