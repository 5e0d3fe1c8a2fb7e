import { NEWLINE, SPACE, classAt, widthOf } from './char-class.ts';

/** Where a run of white space starting at `at` ends, for `\s*[\r\n]+|\s+(?!\S)|\s+`. */
export function endOfSpaceOrLines(
  bytes: Uint8Array,
  at: number,
  to: number,
  pages: Uint16Array,
  classes: Uint8Array,
): number {
  let end = at;
  let last = at;
  let afterNewline = at;
  while (end < to) {
    const c = classAt(bytes, end, pages, classes);
    if ((c & SPACE) === 0) break;
    last = end;
    end += widthOf(bytes[end]!);
    if ((c & NEWLINE) !== 0) afterNewline = end;
  }
  if (afterNewline > at) return afterNewline;
  return end === to || last === at ? end : last;
}

/** The same for `\s+(?!\S)|\s+`, where a newline is as any other white space. */
export function endOfSpace(bytes: Uint8Array, at: number, to: number, pages: Uint16Array, classes: Uint8Array): number {
  let end = at;
  let last = at;
  while (end < to && (classAt(bytes, end, pages, classes) & SPACE) !== 0) {
    last = end;
    end += widthOf(bytes[end]!);
  }
  return end === to || last === at ? end : last;
}
