import { Chunks } from './chunks.ts';
import { type Match, matcher } from './match.ts';
import { pieceCounts } from './piece-counts.ts';
import type { Splitter } from './split/index.ts';
import type { Tables } from './tables/format.ts';
import { idOfPiece } from './tables/piece-table.ts';
import { windowOpener } from './window.ts';

/** Counts and encodes under one encoding. Holds what lives over many calls: buffers and the caches of pieces. */
export class Counter {
  private readonly pieces: Int32Array;
  private readonly chunks: Chunks;
  private readonly tables: Tables;
  private matcher: Match | undefined;

  constructor(tables: Tables, splitter: Splitter) {
    const counts = pieceCounts();
    this.pieces = tables.pieces;
    this.tables = tables;
    this.chunks = new Chunks(
      windowOpener(splitter, tables, ({ bytes, view }, from, to) => {
        const known = counts.find(view, from, to);
        if (known > 0) return known;
        const count = this.matching().match(bytes, from, to);
        counts.add(view, from, to, count);
        return count;
      }),
    );
  }

  count(text: string): number {
    const { chunks } = this;
    let total = 0;
    chunks.start(text);
    for (let count = chunks.next(); count > 0; count = chunks.next()) total += chunks.window.count(chunks.from, count);
    this.matcher?.release();
    return total;
  }

  encode(text: string): number[] {
    const { chunks, pieces } = this;
    const ids: number[] = [];
    chunks.start(text);
    for (let count = chunks.next(); count > 0; count = chunks.next()) {
      const { bytes, view, ends } = chunks.window;
      let from = chunks.from;
      for (let index = 0; index < count; index++) {
        const to = ends[index]!;
        const id = idOfPiece(pieces, view, from, to);
        if (id >= 0) {
          ids.push(id);
        } else {
          const { match, id: idAt } = this.matching();
          const found = match(bytes, from, to);
          for (let at = 0; at < found; at++) ids.push(idAt(at));
        }
        from = to;
      }
    }
    this.matcher?.release();
    return ids;
  }

  /** Made when a piece first needs it, for its tables are read then. */
  private matching(): Match {
    this.matcher ??= matcher(this.tables);
    return this.matcher;
  }
}
