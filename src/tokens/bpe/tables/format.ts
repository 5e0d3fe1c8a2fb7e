import type { CharClasses } from '../split/char-class.ts';
import type { PairTable } from './pair-table.ts';

/**
 * Everything a counter reads, as typed arrays over one file. Ids are ranks; an id below is one of the
 * vocabulary's tokens.
 */
export interface Tables {
  /** Tokens of up to 12 bytes, four words each: three of bytes, then length << 24 | id. See piece-table.ts */
  readonly pieces: Int32Array;
  /** All tokens as a double-array trie. See trie.ts */
  readonly trie: Int32Array;
  readonly pairs: PairTable;
  /** Halves of each token's last merge; for a token of one byte ~byte and -1, for a hole in the ids -1 and -2. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly charClasses: CharClasses;
}

const MAGIC = 0x32455042;
const HEADER_WORDS = 9;

/**
 * One file: a magic word, the lengths of the arrays of words and of classes, then the arrays
 * themselves. Little-endian, as every machine is that Node runs on but one, which will not know the magic.
 */
export function formatTables({ pieces, trie, pairs, left, right, charClasses }: Tables): Uint8Array {
  const words = [pieces, trie, pairs.entries, pairs.filter, left, right];
  const { pages, classes } = charClasses;
  const header = Int32Array.of(MAGIC, ...words.map(({ length }) => length), pages.length, classes.length);
  const parts = [header, ...words, pages, classes];
  const file = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    file.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return file;
}

/** Views over a file that `formatTables` made, which must start at a whole word of its buffer; throws on any other file. */
export function parseTables({ buffer, byteOffset, byteLength }: Uint8Array): Tables {
  const header = new Int32Array(buffer, byteOffset, Math.min(HEADER_WORDS, byteLength >> 2));
  if (header[0] !== MAGIC) throw new Error('not a token table of this version');
  let at = byteOffset + HEADER_WORDS * 4;
  const nextWords = (length: number): Int32Array => {
    const words = new Int32Array(buffer, at, length);
    at += words.byteLength;
    return words;
  };
  const [, pieces, trie, entries, filter, left, right, pages, classes] = header as unknown as readonly number[];
  return {
    pieces: nextWords(pieces!),
    trie: nextWords(trie!),
    pairs: { entries: nextWords(entries!), filter: nextWords(filter!) },
    left: nextWords(left!),
    right: nextWords(right!),
    charClasses: {
      pages: new Uint16Array(buffer, at, pages),
      classes: new Uint8Array(buffer, at + pages! * 2, classes),
    },
  };
}
