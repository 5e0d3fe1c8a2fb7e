import { type CharClasses, LETTER, NUMBER, SPACE, SYMBOL, classAt, endOfRun } from './char-class.ts';
import { smallContractionAt } from './contraction.ts';
import { endOfSmallLetters } from './small-letters.ts';
import { endOfSpace } from './white-space.ts';

const SPACE_BYTE = 0x20;
const APOSTROPHE = 0x27;

/** The pattern of p50k_base and r50k_base: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+` */
export function splitGpt2(
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
    if (bytes[at] === APOSTROPHE) {
      const length = smallContractionAt(bytes, at);
      if (length > 0) {
        ends[count++] = at += length;
        continue;
      }
    }
    const start = bytes[at] === SPACE_BYTE ? at + 1 : at;
    const c = classAt(bytes, start, pages, classes);
    if ((c & SPACE) !== 0) at = endOfSpace(bytes, at, to, pages, classes);
    else at = endOfRun(bytes, endOfSmallLetters(view, start), c & (LETTER | NUMBER | SYMBOL), pages, classes);
    ends[count++] = at;
  }
  return count;
}
