import { Chunks } from './chunks.ts';
import { Matcher } from './match.ts';
import { PieceCounts } from './piece-counts.ts';
import { LONGEST_INLINE, MASKS, bucketOf } from './piece-table.ts';
import type { Split } from './split.ts';
import type { Tables } from './tables.ts';

const ID_MASK = (1 << 24) - 1;

/** Counts and encodes under one encoding. Holds what lives over many calls: buffers and the cache of pieces. */
export class Counter {
  private readonly pieces: Int32Array;
  private readonly chunks: Chunks;
  private readonly counts: PieceCounts = new PieceCounts();
  private readonly matcher: Matcher;

  constructor(tables: Tables, split: Split) {
    this.pieces = tables.pieces;
    this.chunks = new Chunks(split, tables.charClasses);
    this.matcher = new Matcher(tables);
  }

  count(text: string): number {
    const { chunks } = this;
    let total = 0;
    chunks.start(text);
    for (let count = chunks.next(); count > 0; count = chunks.next()) total += this.countPieces(count);
    return total;
  }

  encode(text: string): number[] {
    const { chunks, matcher } = this;
    const ids: number[] = [];
    chunks.start(text);
    for (let count = chunks.next(); count > 0; count = chunks.next()) {
      let from = chunks.from;
      for (let index = 0; index < count; index++) {
        const to = chunks.ends[index]!;
        const id = to - from <= LONGEST_INLINE ? this.tokenOf(chunks.view, from, to) : -1;
        if (id >= 0) {
          ids.push(id);
        } else {
          const found = matcher.match(chunks.bytes, from, to);
          for (let at = 0; at < found; at++) ids.push(matcher.ids[at]!);
        }
        from = to;
      }
    }
    return ids;
  }

  private countPieces(count: number): number {
    const { ends, view } = this.chunks;
    let total = 0;
    let from = this.chunks.from;
    for (let index = 0; index < count; index++) {
      const to = ends[index]!;
      if (to - from <= LONGEST_INLINE && this.tokenOf(view, from, to) >= 0) total++;
      else total += this.counts.find(view, from, to) || this.matchPiece(from, to);
      from = to;
    }
    return total;
  }

  /** The id of a piece of up to twelve bytes that is a token; -1 if it is none. */
  private tokenOf(view: DataView, from: number, to: number): number {
    const { pieces } = this;
    const length = to - from;
    const first = view.getInt32(from, true) & MASKS[0][length]!;
    const second = view.getInt32(from + 4, true) & MASKS[1][length]!;
    const third = view.getInt32(from + 8, true) & MASKS[2][length]!;
    for (let slot = bucketOf(first, second, third, pieces.length); ; slot = (slot + 4) & (pieces.length - 1)) {
      const token = pieces[slot + 3]!;
      if (token === 0) return -1;
      if (
        pieces[slot] === first &&
        pieces[slot + 1] === second &&
        pieces[slot + 2] === third &&
        token >> 24 === length
      ) {
        return token & ID_MASK;
      }
    }
  }

  private matchPiece(from: number, to: number): number {
    const { bytes, view } = this.chunks;
    const count = this.matcher.match(bytes, from, to);
    this.counts.add(view, from, to, count);
    return count;
  }
}
