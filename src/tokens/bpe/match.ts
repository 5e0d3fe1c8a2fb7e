import { neighbours } from './neighbours.ts';
import type { Tables } from './tables/format.ts';
import { BARE, KIND, LEAF, PAYLOAD } from './tables/layout.ts';

/** Tokens that there is room for at first, and that room is kept for. */
const SMALL = 256;
const LARGE = 1 << 16;

export interface Match {
  /** Finds the tokens of bytes[from, to) and returns how many they are. */
  readonly match: (bytes: Uint8Array, from: number, to: number) => number;
  /** The token at `index` of those that the last `match` found. */
  readonly id: (index: number) => number;
  /** Lets go of what a very long piece needed. */
  readonly release: () => void;
}

/**
 * Finds the tokens of one piece from left to right: the longest token that may follow the one before
 * it, a shorter one if none of the rest fits, a step back if no token does. Two tokens may stand side
 * by side if merging their bytes in rank order gives just these two; a sequence all of whose
 * neighbours may is what merging the whole gives (docs/token-counting.md has the proof). The merged
 * form of a prefix is unique, so an end from which the rest could not be reached is never tried again:
 * the work is linear in the piece's length.
 */
export function matcher(tables: Tables): Match {
  const { trie } = tables;
  const mayStand = neighbours(tables);
  let ids = new Int32Array(SMALL);
  let ends = new Int32Array(SMALL);
  /** One bit for each place in the piece: set once known to lead nowhere. */
  let deadEnds = new Int32Array(8);

  const clearDeadEnds = (length: number): void => {
    const words = (length >> 5) + 1;
    if (words > deadEnds.length) deadEnds = new Int32Array(words * 2);
    else deadEnds.fill(0, 0, words);
  };

  const match = (bytes: Uint8Array, from: number, to: number): number => {
    let hasDeadEnds = false;
    let count = 0;
    let previous = -1;
    let at = from;
    let limit = to;
    while (at < to) {
      // The longest token that starts at `at` and ends at `limit` or before.
      let id = -1;
      let end = at;
      let base = 0;
      let tokenBase = -1;
      for (let next = at; next < limit;) {
        const byte = bytes[next++]!;
        const cell = trie[base + 1 + byte]!;
        if ((cell & 0xff) !== byte || (cell & KIND) === 0) break;
        base = cell >> PAYLOAD;
        if ((cell & KIND) === LEAF) {
          id = base;
          end = next;
          break;
        }
        if ((cell & KIND) !== BARE) {
          tokenBase = base;
          end = next;
        }
      }
      if (id < 0 && tokenBase >= 0) id = trie[tokenBase]! >> PAYLOAD;

      if (id < 0) {
        if (!hasDeadEnds) clearDeadEnds(to - from);
        hasDeadEnds = true;
        deadEnds[(at - from) >> 5]! |= 1 << (at - from);
        limit = at - 1;
        count--;
        at = count === 0 ? from : ends[count - 1]!;
        previous = count === 0 ? -1 : ids[count - 1]!;
      } else if (
        (hasDeadEnds && (deadEnds[(end - from) >> 5]! & (1 << (end - from))) !== 0) ||
        (previous >= 0 && !mayStand(previous, id))
      ) {
        limit = end - 1;
      } else {
        if (count === ids.length) {
          ids = twiceAsLong(ids);
          ends = twiceAsLong(ends);
        }
        ids[count] = previous = id;
        ends[count++] = at = end;
        limit = to;
      }
    }
    return count;
  };

  const release = (): void => {
    if (ids.length <= LARGE) return;
    ids = new Int32Array(SMALL);
    ends = new Int32Array(SMALL);
    deadEnds = new Int32Array(8);
  };

  return { match, id: (index) => ids[index]!, release };
}

function twiceAsLong(words: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(words.length * 2);
  longer.set(words);
  return longer;
}
