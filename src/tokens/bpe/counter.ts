import { Chunks } from './chunks.ts';
import { Matcher } from './match.ts';
import { PieceCounts } from './piece-counts.ts';
import { findPieces } from './tables/piece-table.ts';
import type { Split } from './split/index.ts';
import type { Tables } from './tables/format.ts';

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
    this.matcher.release();
    return total;
  }

  encode(text: string): number[] {
    const { chunks, matcher } = this;
    const { ends, ids: idByPiece } = chunks;
    const ids: number[] = [];
    chunks.start(text);
    for (let count = chunks.next(); count > 0; count = chunks.next()) {
      findPieces(this.pieces, chunks.view, chunks.from, ends, count, idByPiece, chunks.missing);
      for (let index = 0; index < count; index++) {
        const id = idByPiece[index]!;
        if (id >= 0) {
          ids.push(id);
        } else {
          const from = index === 0 ? chunks.from : ends[index - 1]!;
          const found = matcher.match(chunks.bytes, from, ends[index]!);
          for (let at = 0; at < found; at++) ids.push(matcher.ids[at]!);
        }
      }
    }
    matcher.release();
    return ids;
  }

  private countPieces(count: number): number {
    const { ends, view, ids, missing, from } = this.chunks;
    const misses = findPieces(this.pieces, view, from, ends, count, ids, missing);
    let total = count - misses;
    for (let miss = 0; miss < misses; miss++) {
      const index = missing[miss]!;
      const start = index === 0 ? from : ends[index - 1]!;
      const end = ends[index]!;
      total += this.counts.find(view, start, end) || this.matchPiece(start, end);
    }
    return total;
  }

  private matchPiece(from: number, to: number): number {
    const { bytes, view } = this.chunks;
    const count = this.matcher.match(bytes, from, to);
    this.counts.add(view, from, to, count);
    return count;
  }
}
