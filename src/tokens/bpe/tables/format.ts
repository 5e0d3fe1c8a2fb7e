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

/** Reads `length` bytes of a file from `at`, into memory of their own. */
export type ReadPart = (at: number, length: number) => Uint8Array;

/**
 * The tables of a file that `formatTables` made; throws on any other file. What only matching and
 * decoding need, most of the file, is read when first asked for: a text of common words needs none of it.
 */
export function readTables(read: ReadPart): Tables {
  const header = readHeader(read);
  const [, pieces, trie, entries, filter, left, right, pages, classes] = header as unknown as readonly number[];
  const afterHeader = HEADER_WORDS * 4;
  const afterPieces = afterHeader + pieces! * 4;
  const lengths = [trie!, entries!, filter!, left!, right!];
  const size = lengths.reduce((sum, length) => sum + length * 4, 0);
  const last = read(afterPieces + size, pages! * 2 + classes!);

  const readMerging = (): Int32Array[] => {
    if (readHeader(read).join() !== header.join()) throw new Error('the token table was replaced while in use');
    const words = new Int32Array(read(afterPieces, size).buffer);
    let at = 0;
    return lengths.map((length) => {
      const part = words.subarray(at, at + length);
      at += length;
      return part;
    });
  };
  let parts: readonly Int32Array[] | undefined;
  const part = (index: number): Int32Array => {
    parts ??= readMerging();
    return parts[index]!;
  };

  return {
    pieces: new Int32Array(read(afterHeader, pieces! * 4).buffer),
    charClasses: {
      pages: new Uint16Array(last.buffer, 0, pages),
      classes: last.subarray(pages! * 2),
    },
    get trie() {
      return part(0);
    },
    get pairs() {
      return { entries: part(1), filter: part(2) };
    },
    get left() {
      return part(3);
    },
    get right() {
      return part(4);
    },
  };
}

function readHeader(read: ReadPart): Int32Array {
  const header = new Int32Array(read(0, HEADER_WORDS * 4).buffer);
  if (header[0] !== MAGIC) throw new Error('not a token table of this version');
  return header;
}
