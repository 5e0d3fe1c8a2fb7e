import { mergeOf } from './pair-table.ts';
import type { Tables } from './tables.ts';
import { BARE, KIND, LEAF, PAYLOAD } from './trie.ts';

/** Ids below are single bytes; the build checks that they are and that no other id is. */
const BYTES = 256;

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
  ids: Int32Array = new Int32Array(256);
  private ends: Int32Array = new Int32Array(256);
  /** One bit for each place in the piece: set once known to lead nowhere. */
  private deadEnds: Int32Array = new Int32Array(8);
  /** End of the token that `longest` returned. */
  private matchEnd = 0;
  private readonly tables: Tables;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  /** Writes the tokens of bytes[from, to) to `ids` and returns how many they are. */
  match(bytes: Uint8Array, from: number, to: number): number {
    this.deadEnds.fill(0, 0, this.roomFor(to - from));
    let count = 0;
    let at = from;
    let limit = to;
    while (at < to) {
      const id = this.longest(bytes, at, limit);
      const end = this.matchEnd;
      if (id < 0) {
        this.deadEnds[(at - from) >> 5]! |= 1 << (at - from);
        count--;
        at = count === 0 ? from : this.ends[count - 1]!;
        limit = this.ends[count]! - 1;
      } else if (
        (this.deadEnds[(end - from) >> 5]! & (1 << (end - from))) !== 0 ||
        (count > 0 && !this.mayFollow(this.ids[count - 1]!, id))
      ) {
        limit = end - 1;
      } else {
        if (count === this.ids.length) this.grow();
        this.ids[count] = id;
        this.ends[count++] = at = end;
        limit = to;
      }
    }
    return count;
  }

  /** The longest token that starts at `at` and ends at `limit` or before; -1 if there is none. */
  private longest(bytes: Uint8Array, at: number, limit: number): number {
    const { trie } = this.tables;
    let base = 0;
    let tokenBase = -1;
    for (let end = at; end < limit;) {
      const byte = bytes[end++]!;
      const cell = trie[base + 1 + byte]!;
      if ((cell & 0xff) !== byte || (cell & KIND) === 0) break;
      if ((cell & KIND) === LEAF) {
        this.matchEnd = end;
        return cell >> PAYLOAD;
      }
      base = cell >> PAYLOAD;
      if ((cell & KIND) !== BARE) {
        tokenBase = base;
        this.matchEnd = end;
      }
    }
    return tokenBase < 0 ? -1 : trie[tokenBase]! >> PAYLOAD;
  }

  /**
   * Whether merging the bytes of `a` and `b` together gives `a`, `b`: undo their merges, the latest
   * first, and see that at no time a merge across the border was due before the one undone.
   */
  private mayFollow(a: number, b: number): boolean {
    const { pairs, left, right } = this.tables;
    let due = 0x7fffffff;
    for (;;) {
      const merge = mergeOf(a, b, pairs, left, right);
      if (merge >= 0 && merge < due) return false;
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

  /** Makes room for a piece of `length` bytes, and returns how many words of bits it needs. */
  private roomFor(length: number): number {
    const words = (length >> 5) + 1;
    if (words > this.deadEnds.length) this.deadEnds = new Int32Array(words * 2);
    return words;
  }

  private grow(): void {
    for (const name of ['ids', 'ends'] as const) {
      const larger = new Int32Array(this[name].length * 2);
      larger.set(this[name]);
      this[name] = larger;
    }
  }
}
