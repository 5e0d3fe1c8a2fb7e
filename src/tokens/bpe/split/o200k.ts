import type { CharClasses } from './char-class.ts';
import type { Split, SplitMemory } from './splitter.ts';
import { automatonSteps, shortSymbols } from './o200k-automaton.ts';
import {
  CUT,
  CUT_AT_MARK,
  CUT_BEFORE_LAST,
  CUT_BEFORE_TWO,
  END,
  SET_MARK,
  START,
  STATE,
  UNCOMMON,
} from './o200k-step.ts';

/** Pieces that one step may end. */
const MOST_CUTS = 4;

/**
 * The pattern of o200k_base:
 *
 *     [^\r\n\p{L}\p{N}]?[upper]*[lower]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *     [^\r\n\p{L}\p{N}]?[upper]+[lower]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *     \p{N}{1,3}
 *      ?[^\s\p{L}\p{N}]+[\r\n/]*
 *     \s*[\r\n]+|\s+(?!\S)|\s+
 *
 * An automaton reads it, a step a character. The common step has no branch on what the text is: where a
 * piece may end is written each time, and counted if it does. Where pieces end cannot be guessed, and
 * each wrong guess would cost the processor as much as several characters.
 */
export function o200kSplitter({ bytes, ends }: SplitMemory, { pages, classes }: CharClasses): Split {
  // Constants of this function, not fields of an argument: V8 builds their addresses into the code.
  const text = bytes;
  const cuts = ends;
  const steps = automatonSteps();
  const symbols = shortSymbols(pages, classes);
  const pageStarts = pages;
  const longSymbols = classes;
  const room = ends.length - MOST_CUTS;

  return (from, to) => {
    let count = 0;
    let state = START;
    let mark = from;
    let at = from;
    for (;;) {
      // A loop of its own, for V8 moves what does not change out of innermost loops only.
      for (const stop = Math.min(to, at + room - count); at < stop; at = (at + 1) | 0) {
        const byte = text[at]!;
        if (byte >= 0x80) break;
        const step = steps[state | symbols[byte]!]!;
        if ((step & UNCOMMON) !== 0) break;
        cuts[count] = at;
        count = (count + (step & CUT)) | 0;
        state = step & STATE;
      }
      if (count >= room) return count;

      let symbol = END;
      let width = 1;
      if (at < to) {
        const lead = text[at]!;
        if (lead < 0x80) {
          symbol = symbols[lead]!;
        } else if (lead < 0xe0) {
          symbol = symbols[((lead & 0x1f) << 6) | (text[at + 1]! & 0x3f)]!;
          width = 2;
        } else {
          let page = ((lead & 0x0f) << 6) | (text[at + 1]! & 0x3f);
          width = 3;
          if (lead >= 0xf0) {
            page = (page << 6) | (text[at + 2]! & 0x3f);
            width = 4;
          }
          symbol = longSymbols[pageStarts[page]! + (text[at + width - 1]! & 0x3f)]!;
        }
      }
      const step = steps[state | symbol]!;
      if ((step & UNCOMMON) !== 0) {
        cuts[count] = mark;
        count += (step & CUT_AT_MARK) >> 1;
        let last = at - 1;
        while ((text[last]! & 0xc0) === 0x80) last--;
        cuts[count] = last;
        count += (step & CUT_BEFORE_LAST) >> 2;
        cuts[count] = at - 2;
        count += (step & CUT_BEFORE_TWO) >> 3;
        if ((step & SET_MARK) !== 0) mark = at;
      }
      cuts[count] = at;
      count += step & CUT;
      state = step & STATE;
      if (at === to) return count;
      at = (at + width) | 0;
    }
  };
}
