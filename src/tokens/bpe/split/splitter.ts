import type { CharClasses } from './char-class.ts';

/** What a splitter reads and writes: UTF-8 text, a view of the same bytes, and room for where pieces end. */
export interface SplitMemory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly ends: Int32Array;
}

/**
 * Cuts the text `bytes[from, to)` into pieces, writes where each ends to `ends`, and returns how many
 * there are: fewer than all if `ends` is full. `bytes[to]` must be a space: every run but one of white
 * space stops there, so the inner loops need no bounds check; and there must be room to read words
 * past it.
 */
export type Split = (from: number, to: number) => number;

/** Makes a splitter for one memory: what is constant in a function made once is part of its machine code. */
export type Splitter = (memory: SplitMemory, classes: CharClasses) => Split;
