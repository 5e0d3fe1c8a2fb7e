import {
  type CharClasses,
  LOWER,
  NEWLINE,
  NUMBER,
  SYMBOL,
  UPPER,
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
const SLASH = 0x2f;

/**
 * The pattern of o200k_base, alternative by alternative:
 *
 *     [^\r\n\p{L}\p{N}]?[upper]*[lower]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *     [^\r\n\p{L}\p{N}]?[upper]+[lower]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
 *     \p{N}{1,3}
 *      ?[^\s\p{L}\p{N}]+[\r\n/]*
 *     \s*[\r\n]+|\s+(?!\S)|\s+
 */
export function splitO200k(
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
    // Most pieces of most texts: small ASCII letters, with a space before or not.
    const small = bytes[at] === SPACE_BYTE ? at + 1 : at;
    let endOfSmall = endOfSmallLetters(view, small);
    if (endOfSmall > small && bytes[endOfSmall]! < 0x80) {
      if (bytes[endOfSmall] === APOSTROPHE) endOfSmall += contractionAt(bytes, endOfSmall);
      ends[count++] = at = endOfSmall;
      continue;
    }

    const first = classAt(bytes, at, pages, classes);
    const second = at + widthOf(bytes[at]!);

    // A mark may be the word's prefix or its first character: both end the word at the same place.
    const isInWord = (first & (LOWER | UPPER)) !== 0;
    if (isInWord || (first & (NEWLINE | NUMBER)) === 0) {
      const start = isInWord ? at : second;
      let end = start;
      let afterCaseless = start;
      let c = 0;
      for (;;) {
        while ((classes[bytes[end]!]! & UPPER) !== 0) end++;
        c = classAt(bytes, end, pages, classes);
        if ((c & UPPER) === 0) break;
        end += widthOf(bytes[end]!);
        if ((c & LOWER) !== 0) afterCaseless = end;
      }
      if ((c & LOWER) !== 0) end = endOfRun(bytes, end, LOWER, pages, classes);
      // [upper]* gives back what follows its last caseless letter, which [lower]+ then takes.
      else if (afterCaseless > start) end = afterCaseless;

      if (end > start) {
        if (bytes[end] === APOSTROPHE) end += contractionAt(bytes, end);
        ends[count++] = at = end;
        continue;
      }
    }

    if ((first & NUMBER) !== 0) {
      ends[count++] = at = endOfNumber(bytes, second, pages, classes);
      continue;
    }
    const start = bytes[at] === SPACE_BYTE ? second : at;
    let end = endOfRun(bytes, start, SYMBOL, pages, classes);
    if (end > start) {
      while ((classes[bytes[end]!]! & NEWLINE) !== 0 || bytes[end] === SLASH) end++;
      ends[count++] = at = end;
      continue;
    }
    ends[count++] = at = endOfSpaceOrLines(bytes, at, to, pages, classes);
  }
  return count;
}
