/**
 * What the three patterns need to know of a character, as bits. LOWER: it may stand in o200k's
 * `[lower]+`, UPPER: in its `[upper]*`; caseless letters (Lm, Lo) and marks have both.
 */
export const LOWER = 1;
export const UPPER = 2;
/** `\p{L}` */
export const LETTER = 4;
/** `\p{N}` */
export const NUMBER = 8;
/** `\s` as Rust's regex has it: White_Space, so with U+0085 and without U+FEFF. */
export const SPACE = 16;
/** `[\r\n]`, which are SPACE too */
export const NEWLINE = 32;
/** `[^\s\p{L}\p{N}]`: also marks and unassigned code points */
export const SYMBOL = 64;

/**
 * Two-stage table over code points, 64 to a page, so that a UTF-8 sequence's leading bytes are the
 * page's number and its last six bits the place in the page. In front of the pages stand 256 classes
 * by byte: ASCII's own, and 0 for every byte of a longer sequence, so that a run of ASCII is followed
 * with one look-up a byte and stops by itself at anything else.
 */
export interface CharClasses {
  /** Where each page starts in `classes`. */
  readonly pages: Uint16Array;
  readonly classes: Uint8Array;
}

/** Bytes in the UTF-8 sequence that this leading byte opens. */
export function widthOf(lead: number): number {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Class of the character whose UTF-8 sequence starts at `at`; the bytes must be well formed. */
export function classAt(bytes: Uint8Array, at: number, pages: Uint16Array, classes: Uint8Array): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return classes[lead]!;
  const second = bytes[at + 1]! & 0x3f;
  if (lead < 0xe0) return classes[pages[lead & 0x1f]! + second]!;
  const third = bytes[at + 2]! & 0x3f;
  if (lead < 0xf0) return classes[pages[((lead & 0x0f) << 6) | second]! + third]!;
  const page = ((lead & 0x07) << 12) | (second << 6) | third;
  return classes[pages[page]! + (bytes[at + 3]! & 0x3f)]!;
}

/** Where the run of characters that have one of `bits`, starting at `at`, ends. */
export function endOfRun(bytes: Uint8Array, at: number, bits: number, pages: Uint16Array, classes: Uint8Array): number {
  for (;;) {
    while ((classes[bytes[at]!]! & bits) !== 0) at++;
    if (bytes[at]! < 0x80 || (classAt(bytes, at, pages, classes) & bits) === 0) return at;
    at += widthOf(bytes[at]!);
  }
}

/** Where `\p{N}{1,3}` ends, given where its first character does. */
export function endOfNumber(bytes: Uint8Array, at: number, pages: Uint16Array, classes: Uint8Array): number {
  for (let more = 0; more < 2 && (classAt(bytes, at, pages, classes) & NUMBER) !== 0; more++) {
    at += widthOf(bytes[at]!);
  }
  return at;
}
