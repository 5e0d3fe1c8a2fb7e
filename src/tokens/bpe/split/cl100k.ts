import {
  type CharClasses,
  LETTER,
  NEWLINE,
  NUMBER,
  SYMBOL,
  classAt,
  endOfNumber,
  endOfRun,
  widthOf,
} from './char-class.ts';
import { contractionAt } from './contraction.ts';
import { endOfSmallLetters } from './small-letters.ts';
import { endOfSpaceOrLines } from './white-space.ts';

const SPACE_BYTE = 0x20;
const APOSTROPHE = 0x27;

/**
 * The pattern of cl100k_base, alternative by alternative:
 *
 *     (?i:'s|'t|'re|'ve|'m|'ll|'d)
 *     [^\r\n\p{L}\p{N}]?\p{L}+
 *     \p{N}{1,3}
 *      ?[^\s\p{L}\p{N}]+[\r\n]*
 *     \s*[\r\n]+|\s+(?!\S)|\s+
 */
export function splitCl100k(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  to: number,
  ends: Int32Array,
  { pages, classes }: CharClasses,
): number {
  let count = 0;
  let at = from;
  while (at < to && count < ends.length) {
    const first = classAt(bytes, at, pages, classes);
    const second = at + widthOf(bytes[at]!);

    if (bytes[at] === APOSTROPHE) {
      const length = contractionAt(bytes, at);
      if (length > 0) {
        ends[count++] = at += length;
        continue;
      }
    }

    if ((first & NUMBER) !== 0) {
      ends[count++] = at = endOfNumber(bytes, second, pages, classes);
      continue;
    }

    const word = (first & (LETTER | NEWLINE)) === 0 ? second : at;
    let end = endOfRun(bytes, endOfSmallLetters(view, word), LETTER, pages, classes);
    if (end > word) {
      ends[count++] = at = end;
      continue;
    }

    const start = bytes[at] === SPACE_BYTE ? second : at;
    end = endOfRun(bytes, start, SYMBOL, pages, classes);
    if (end > start) {
      while ((classes[bytes[end]!]! & NEWLINE) !== 0) end++;
      ends[count++] = at = end;
      continue;
    }
    ends[count++] = at = endOfSpaceOrLines(bytes, at, to, pages, classes);
  }
  return count;
}
