import { Neighbours } from './neighbours.ts';
import type { Tables } from './tables/format.ts';
import { BARE, KIND, LEAF, PAYLOAD } from './tables/trie.ts';

/** Tokens that there is room for at first, and that room is kept for. */
const SMALL = 256;
const LARGE = 1 << 16;

/**
 * Finds the tokens of one piece from left to right: the longest token that may follow the one before
 * it, a shorter one if none of the rest fits, a step back if no token does. Two tokens may stand side
 * by side if merging their bytes in rank order gives just these two; a sequence all of whose
 * neighbours may is what merging the whole gives (docs/token-counting.md has the proof). The merged
 * form of a prefix is unique, so an end from which the rest could not be reached is never tried again:
 * the work is linear in the piece's length.
 */
export class Matcher {
  /** The tokens found; valid until the next call. */
  ids: Int32Array = new Int32Array(SMALL);
  private ends: Int32Array = new Int32Array(SMALL);
  /** One bit for each place in the piece: set once known to lead nowhere. */
  private deadEnds: Int32Array = new Int32Array(8);
  private readonly trie: Int32Array;
  private readonly neighbours: Neighbours;

  constructor(tables: Tables) {
    this.trie = tables.trie;
    this.neighbours = new Neighbours(tables);
  }

  /** Writes the tokens of bytes[from, to) to `ids` and returns how many they are. */
  match(bytes: Uint8Array, from: number, to: number): number {
    const { trie, neighbours } = this;
    let { ids, ends } = this;
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
        if (!hasDeadEnds) this.clearDeadEnds(to - from);
        hasDeadEnds = true;
        this.deadEnds[(at - from) >> 5]! |= 1 << (at - from);
        limit = at - 1;
        count--;
        at = count === 0 ? from : ends[count - 1]!;
        previous = count === 0 ? -1 : ids[count - 1]!;
      } else if (
        (hasDeadEnds && (this.deadEnds[(end - from) >> 5]! & (1 << (end - from))) !== 0) ||
        (previous >= 0 && !neighbours.mayStand(previous, id))
      ) {
        limit = end - 1;
      } else {
        if (count === ids.length) {
          this.grow();
          ({ ids, ends } = this);
        }
        ids[count] = previous = id;
        ends[count++] = at = end;
        limit = to;
      }
    }
    return count;
  }

  /** Lets go of what a very long piece needed. */
  release(): void {
    if (this.ids.length <= LARGE) return;
    this.ids = new Int32Array(SMALL);
    this.ends = new Int32Array(SMALL);
    this.deadEnds = new Int32Array(8);
  }

  private clearDeadEnds(length: number): void {
    const words = (length >> 5) + 1;
    if (words > this.deadEnds.length) this.deadEnds = new Int32Array(words * 2);
    else this.deadEnds.fill(0, 0, words);
  }

  private grow(): void {
    for (const name of ['ids', 'ends'] as const) {
      const larger = new Int32Array(this[name].length * 2);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}
