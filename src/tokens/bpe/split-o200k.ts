import {
  type CharClasses,
  LOWER,
  NEWLINE,
  NUMBER,
  SYMBOL,
  UPPER,
  classAt,
  widthOf,
} from './char-class.ts';
import { contractionAt } from './contraction.ts';
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

    if ((first & NUMBER) !== 0) {
      at = second;
      for (let more = 0; more < 2 && (classAt(bytes, at, pages, classes) & NUMBER) !== 0; more++) {
        at += widthOf(bytes[at]!);
      }
      ends[count++] = at;
      continue;
    }

    // A mark may be the word's prefix or its first character: both end the word at the same place.
    const isInWord = (first & (LOWER | UPPER)) !== 0;
    if (isInWord || (first & NEWLINE) === 0) {
      const start = isInWord ? at : second;
      let end = start;
      let afterCaseless = start;
      let c = isInWord ? first : classAt(bytes, end, pages, classes);
      while ((c & UPPER) !== 0) {
        end += widthOf(bytes[end]!);
        if ((c & LOWER) !== 0) afterCaseless = end;
        c = classAt(bytes, end, pages, classes);
      }
      if ((c & LOWER) !== 0) {
        do {
          end += widthOf(bytes[end]!);
          c = classAt(bytes, end, pages, classes);
        } while ((c & LOWER) !== 0);
      } else if (afterCaseless > start) {
        // [upper]* gives back what follows its last caseless letter, which [lower]+ then takes.
        end = afterCaseless;
      }
      if (end > start) {
        if (bytes[end] === APOSTROPHE) end += contractionAt(bytes, end);
        ends[count++] = at = end;
        continue;
      }
    }

    let end = bytes[at] === SPACE_BYTE ? second : at;
    let c = classAt(bytes, end, pages, classes);
    if ((c & SYMBOL) !== 0) {
      do {
        end += widthOf(bytes[end]!);
        c = classAt(bytes, end, pages, classes);
      } while ((c & SYMBOL) !== 0);
      while ((c & NEWLINE) !== 0 || bytes[end] === SLASH) c = classes[bytes[++end]!]!;
      ends[count++] = at = end;
      continue;
    }
    ends[count++] = at = endOfSpaceOrLines(bytes, at, to, pages, classes);
  }
  return count;
}
