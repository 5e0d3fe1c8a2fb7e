import { Chunks } from './chunks.ts';
import { Matcher } from './match.ts';
import { PieceCounts } from './piece-counts.ts';
import type { Splitter } from './split/index.ts';
import type { Tables } from './tables/format.ts';
import { windowOpener } from './window.ts';

/** Counts and encodes under one encoding. Holds what lives over many calls: buffers and the cache of pieces. */
export class Counter {
  private readonly chunks: Chunks;
  private readonly counts: PieceCounts = new PieceCounts();
  private readonly matcher: Matcher;

  constructor(tables: Tables, splitter: Splitter) {
    this.chunks = new Chunks(windowOpener(splitter, tables));
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
    const ids: number[] = [];
    chunks.start(text);
    for (let count = chunks.next(); count > 0; count = chunks.next()) {
      const { bytes, ends, ids: idByPiece, find } = chunks.window;
      find(chunks.from, count);
      for (let index = 0; index < count; index++) {
        const id = idByPiece[index]!;
        if (id >= 0) {
          ids.push(id);
        } else {
          const from = index === 0 ? chunks.from : ends[index - 1]!;
          const found = matcher.match(bytes, from, ends[index]!);
          for (let at = 0; at < found; at++) ids.push(matcher.ids[at]!);
        }
      }
    }
    matcher.release();
    return ids;
  }

  private countPieces(count: number): number {
    const { window, from } = this.chunks;
    const { ends, view, missing } = window;
    const misses = window.find(from, count);
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
    const { bytes, view } = this.chunks.window;
    const count = this.matcher.match(bytes, from, to);
    this.counts.add(view, from, to, count);
    return count;
  }
}
