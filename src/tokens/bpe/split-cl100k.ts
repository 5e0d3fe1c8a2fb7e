import { type CharClasses, LETTER, NEWLINE, NUMBER, SYMBOL, classAt, widthOf } from './char-class.ts';
import { contractionAt } from './contraction.ts';
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
      at = second;
      for (let more = 0; more < 2 && (classAt(bytes, at, pages, classes) & NUMBER) !== 0; more++) {
        at += widthOf(bytes[at]!);
      }
      ends[count++] = at;
      continue;
    }

    let end = second;
    let c = classAt(bytes, end, pages, classes);
    if ((first & LETTER) !== 0 || ((first & NEWLINE) === 0 && (c & LETTER) !== 0)) {
      while ((c & LETTER) !== 0) {
        end += widthOf(bytes[end]!);
        c = classAt(bytes, end, pages, classes);
      }
      ends[count++] = at = end;
      continue;
    }

    if ((first & SYMBOL) !== 0 || (bytes[at] === SPACE_BYTE && (c & SYMBOL) !== 0)) {
      while ((c & SYMBOL) !== 0) {
        end += widthOf(bytes[end]!);
        c = classAt(bytes, end, pages, classes);
      }
      while ((c & NEWLINE) !== 0) c = classes[bytes[++end]!]!;
      ends[count++] = at = end;
      continue;
    }
    ends[count++] = at = endOfSpaceOrLines(bytes, at, to, pages, classes);
  }
  return count;
}
