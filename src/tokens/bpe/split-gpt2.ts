import { type CharClasses, LETTER, NUMBER, SPACE, SYMBOL, classAt, widthOf } from './char-class.ts';
import { smallContractionAt } from './contraction.ts';
import { endOfSpace } from './white-space.ts';

const SPACE_BYTE = 0x20;
const APOSTROPHE = 0x27;

/** The pattern of p50k_base and r50k_base: `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+` */
export function splitGpt2(
  bytes: Uint8Array,
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
    let end = bytes[at] === SPACE_BYTE ? at + 1 : at;
    let c = classAt(bytes, end, pages, classes);
    if ((c & SPACE) !== 0) {
      ends[count++] = at = endOfSpace(bytes, at, to, pages, classes);
      continue;
    }
    const kind = c & (LETTER | NUMBER | SYMBOL);
    do {
      end += widthOf(bytes[end]!);
      c = classAt(bytes, end, pages, classes);
    } while ((c & kind) !== 0);
    ends[count++] = at = end;
  }
  return count;
}
