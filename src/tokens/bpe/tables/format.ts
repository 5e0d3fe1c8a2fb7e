import type { CharClasses } from '../split/char-class.ts';

/**
 * Everything a counter reads, as typed arrays over one file. Ids are ranks; an id below is one of the
 * vocabulary's tokens.
 */
export interface Tables {
  /** Tokens of up to 12 bytes, four words each: three of bytes, then length << 24 | id. See piece-table.ts */
  readonly pieces: Int32Array;
  /** All tokens as a double-array trie. See trie.ts */
  readonly trie: Int32Array;
  /** Which two tokens merge into which. See pair-table.ts */
  readonly pairs: Int32Array;
  /** Halves of each token's last merge; for a token of one byte ~byte and -1, for a hole in the ids -1 and -2. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly charClasses: CharClasses;
}

const WORDS = ['pieces', 'trie', 'pairs', 'left', 'right'] as const;
const MAGIC = 0x31455042;
const HEADER_WORDS = 8;

/**
 * One file: a magic word, the lengths of the five arrays of words and of the two of classes, then the
 * arrays themselves. Little-endian, as every machine that Node runs on today is but one; see `parseTables`.
 */
export function formatTables(tables: Tables): Uint8Array {
  const { pages, classes } = tables.charClasses;
  const header = [MAGIC, ...WORDS.map((name) => tables[name].length), pages.length, classes.length];
  const parts = [Int32Array.from(header), ...WORDS.map((name) => tables[name]), pages, classes];
  const file = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    file.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return file;
}

/** Views over a file that `formatTables` made; throws on one it did not, or on a big-endian machine. */
export function parseTables(file: ArrayBuffer): Tables {
  const header = new Int32Array(file, 0, Math.min(HEADER_WORDS, file.byteLength >> 2));
  if (header[0] !== MAGIC) throw new Error('not a token table of this version');
  let at = HEADER_WORDS * 4;
  const words = WORDS.map((_, index) => {
    const view = new Int32Array(file, at, header[index + 1]!);
    at += view.byteLength;
    return view;
  });
  const pages = new Uint16Array(file, at, header[6]!);
  const classes = new Uint8Array(file, at + pages.byteLength, header[7]!);
  const [pieces, trie, pairs, left, right] = words as [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];
  return { pieces, trie, pairs, left, right, charClasses: { pages, classes } };
}
