import type { CharClasses } from './char-class.ts';
import { splitCl100k } from './cl100k.ts';
import { splitGpt2 } from './gpt2.ts';
import { splitO200k } from './o200k.ts';

/**
 * Cuts the UTF-8 text `bytes[from, to)` into pieces, writes where each ends to `ends`, and returns
 * how many there are: fewer than all if `ends` is full. `view` is of the same bytes. `bytes[to]` must be
 * a space: every run but one of white space stops there, so the inner loops need no bounds check; and
 * there must be room to read words past it.
 */
export type Split = (
  bytes: Uint8Array,
  view: DataView,
  from: number,
  to: number,
  ends: Int32Array,
  classes: CharClasses,
) => number;

/** The three families of patterns. */
export type Pattern = 'o200k' | 'cl100k' | 'gpt2';

export const SPLITS: Readonly<Record<Pattern, Split>> = {
  o200k: splitO200k,
  cl100k: splitCl100k,
  gpt2: splitGpt2,
};
