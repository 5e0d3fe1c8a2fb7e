import type { Tables } from './tables/format.ts';
import { BYTES, SEEN_BITS } from './tables/layout.ts';
import { mergeOf } from './tables/pair-table.ts';

/** Whether merging the bytes of `a` and of `b` together gives `a`, `b`. */
export type MayStand = (a: number, b: number) => boolean;

/** Makes the function that tells which tokens may stand side by side; it remembers the pairs that may, since text repeats itself. */
export function neighbours({ pairs, left, right }: Tables): MayStand {
  // Constants of this function, not fields of an argument: V8 builds their addresses into the code.
  const { entries, filter } = pairs;
  const lefts = left;
  const rights = right;
  /** Two ids a slot. */
  const seen = new Int32Array(2 << SEEN_BITS);

  return (a, b) => {
    const slot = ((Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca77)) >>> (32 - SEEN_BITS)) * 2;
    if (seen[slot] === a && seen[slot + 1] === b) return true;

    // Undo the merges of both, the latest first, and see that none across the border was due before the one undone.
    let one = a;
    let other = b;
    for (let due = 0x7fffffff; ;) {
      const merged = mergeOf(one, other, entries, filter, lefts, rights);
      if (merged >= 0 && merged < due) return false;
      if (one < BYTES && other < BYTES) break;
      if (one > other) {
        due = one;
        one = rights[one]!;
      } else {
        due = other + 1;
        other = lefts[other]!;
      }
    }
    seen[slot] = a;
    seen[slot + 1] = b;
    return true;
  };
}
