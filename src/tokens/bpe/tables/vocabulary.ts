import type { CharClasses } from '../split/char-class.ts';
import type { Tables } from './format.ts';
import { buildPairTable } from './pair-table.ts';
import { buildPieceTable } from './piece-table.ts';
import { type Splits, tokenBytes } from './token-bytes.ts';
import { buildTrie } from './trie.ts';

/** The tables of the first `size` ids. The build does it for the common encodings, loading does for the rare ones. */
export function buildTables(splits: Splits, size: number, charClasses: CharClasses): Tables {
  const left = splits.left.subarray(0, size);
  const right = splits.right.subarray(0, size);
  const tokens = tokenBytes({ left, right });
  return {
    pieces: buildPieceTable(tokens),
    trie: buildTrie(tokens),
    pairs: buildPairTable(left, right),
    left,
    right,
    charClasses,
  };
}
