import { splitCl100k } from './cl100k.ts';
import { splitGpt2 } from './gpt2.ts';
import { o200kSplitter } from './o200k.ts';
import type { Splitter } from './splitter.ts';

export type { Split, SplitMemory, Splitter } from './splitter.ts';

/** The three families of patterns. */
export type Pattern = 'o200k' | 'cl100k' | 'gpt2';

export const SPLITTERS: Readonly<Record<Pattern, Splitter>> = {
  o200k: o200kSplitter,
  cl100k:
    ({ bytes, view, ends }, classes) =>
    (from, to) =>
      splitCl100k(bytes, view, from, to, ends, classes),
  gpt2:
    ({ bytes, view, ends }, classes) =>
    (from, to) =>
      splitGpt2(bytes, view, from, to, ends, classes),
};
