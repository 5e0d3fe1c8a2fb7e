import { sumOfWords } from './tables/hash.ts';
import { ID_MASK, LENGTH_SHIFT, LONGEST_INLINE, RECENT_BITS, SLOT_WORDS } from './tables/layout.ts';
import { FIRST_MASK, SECOND_MASK, THIRD_MASK, idOfWords } from './tables/piece-table.ts';

/** How many tokens the pieces have that end at ends[0..count), the first from `from`. */
export type CountPieces = (from: number, count: number) => number;

/** Counts the tokens of one piece that is not in the table. */
export type CountPiece = (from: number, to: number) => number;

/** The counts of short pieces counted lately, four words a slot, as in the piece table: the words of the piece, length << 24 | count. */
export function recentCounts(): Int32Array {
  return new Int32Array(SLOT_WORDS << RECENT_BITS);
}

/**
 * Makes the function that counts pieces in one memory. A piece of up to twelve bytes is first compared
 * with the one slot of `recent` that its hash names: text repeats itself, and a slot that is hit costs one line of the
 * cache and no wrong guess. Then it is looked up in the vocabulary's `table`, and then counted by
 * `countOther`, which gets longer pieces at once. `view` must have room for three words past the last piece's start.
 */
export function pieceCounter(
  memory: { readonly view: DataView; readonly ends: Int32Array },
  table: Int32Array,
  recent: Int32Array,
  countOther: CountPiece,
): CountPieces {
  // Constants of this function, not fields of an argument: V8 builds their addresses into the code.
  const { view, ends } = memory;
  const tokens = table;
  const slots = recent;
  const other = countOther;
  const [firstMask, secondMask, thirdMask] = [FIRST_MASK, SECOND_MASK, THIRD_MASK];

  return (from, count) => {
    let total = 0;
    let start = from;
    for (let index = 0; index < count; index++) {
      const end = ends[index]!;
      const length = end - start;
      if (length <= LONGEST_INLINE) {
        const first = view.getInt32(start, true) & firstMask[length]!;
        const second = view.getInt32(start + 4, true) & secondMask[length]!;
        const third = length > 8 ? view.getInt32(start + 8, true) & thirdMask[length]! : 0;
        const slot = (sumOfWords(first, second, third) >>> (32 - RECENT_BITS)) * SLOT_WORDS;
        const entry = slots[slot + 3]!;
        // One branch for all four words: three more would be guessed wrong more often.
        const difference =
          (slots[slot]! ^ first) |
          (slots[slot + 1]! ^ second) |
          (slots[slot + 2]! ^ third) |
          ((entry >> LENGTH_SHIFT) ^ length);
        if (difference === 0) {
          total += entry & ID_MASK;
        } else {
          const counted = idOfWords(tokens, first, second, third, length) >= 0 ? 1 : other(start, end);
          slots[slot] = first;
          slots[slot + 1] = second;
          slots[slot + 2] = third;
          slots[slot + 3] = (length << LENGTH_SHIFT) | counted;
          total += counted;
        }
      } else {
        total += other(start, end);
      }
      start = end;
    }
    return total;
  };
}
