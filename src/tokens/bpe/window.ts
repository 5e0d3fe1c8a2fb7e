import { type CountPieces, pieceCounter, recentCounts } from './count-pieces.ts';
import type { Split, SplitMemory, Splitter } from './split/index.ts';
import type { Tables } from './tables/format.ts';

/** Most pieces that are cut at once. */
const PIECES = 1 << 14;

/**
 * The memory that text passes through, and the functions of the hot path made for it. The common
 * window is made once in a process, so V8 compiles them with the addresses of its arrays, of the
 * vocabulary and of the classes built in, which makes them twice as fast as with arrays passed in.
 */
export interface Window extends SplitMemory {
  /** Writes text[from, to) as UTF-8 from bytes[at]; returns where it ends, or -1 if it has a surrogate. */
  readonly write: (text: string, from: number, to: number, at: number) => number;
  readonly split: Split;
  readonly count: CountPieces;
}

export type OpenWindow = (size: number) => Window;

/** `countOther` counts a piece of the window's that is not in the vocabulary's table. */
export function windowOpener(
  splitter: Splitter,
  { pieces, charClasses }: Tables,
  countOther: (memory: SplitMemory, from: number, to: number) => number,
): OpenWindow {
  const recent = recentCounts();
  return (size) => {
    const bytes = new Uint8Array(size);
    const memory = { bytes, view: new DataView(bytes.buffer), ends: new Int32Array(PIECES) };
    return {
      ...memory,
      write: writer(bytes),
      split: splitter(memory, charClasses),
      count: pieceCounter(memory, pieces, recent, (from, to) => countOther(memory, from, to)),
    };
  };
}

function writer(bytes: Uint8Array): Window['write'] {
  const out = bytes;
  return (text, from, to, at) => {
    for (let index = from; index < to; index++) {
      const code = text.charCodeAt(index);
      if (code < 0x80) {
        out[at++] = code;
      } else if (code < 0x800) {
        out[at++] = 0xc0 | (code >> 6);
        out[at++] = 0x80 | (code & 0x3f);
      } else if (code < 0xd800 || code >= 0xe000) {
        out[at++] = 0xe0 | (code >> 12);
        out[at++] = 0x80 | ((code >> 6) & 0x3f);
        out[at++] = 0x80 | (code & 0x3f);
      } else {
        return -1;
      }
    }
    return at;
  };
}
