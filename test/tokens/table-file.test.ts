import { describe, expect, it } from 'vitest';
import { formatTables, readTables } from '../../src/tokens/bpe/tables/format.ts';

const words = (...values: number[]): Int32Array => Int32Array.from(values);
const TABLES = {
  pieces: words(1, 2, 3, 4),
  trie: words(5),
  pairs: { entries: words(6, 7), filter: words(8) },
  left: words(9),
  right: words(10, 11),
  charClasses: { pages: Uint16Array.from([12, 13]), classes: Uint8Array.from([14, 15, 16]) },
};

describe('a file of tables', () => {
  it('gives back the tables, and reads those for merging only when asked for one', () => {
    const file = formatTables(TABLES);
    let bytes = 0;
    const tables = readTables((at, length) => {
      bytes += length;
      return file.slice(at, at + length);
    });
    expect({ pieces: tables.pieces, charClasses: tables.charClasses }).toEqual({
      pieces: TABLES.pieces,
      charClasses: TABLES.charClasses,
    });
    expect(bytes).toBe(file.length - 7 * 4);
    expect({ ...tables }).toEqual(TABLES);
    expect(bytes).toBeGreaterThan(file.length);
  });

  it('refuses another file, and one that was replaced before its second part was read', () => {
    let file: Uint8Array = formatTables(TABLES);
    const read = (at: number, length: number): Uint8Array => file.slice(at, at + length);
    const tables = readTables(read);
    file = formatTables({ ...TABLES, left: words(9, 9) });
    expect(() => tables.left).toThrow('replaced while in use');
    file = new Uint8Array(100);
    expect(() => readTables(read)).toThrow('not a token table');
  });
});
