import type { CharClasses } from '../split/char-class.ts';
import { buildPairTable } from './pair-table.ts';
import { buildPieceTable } from './piece-table.ts';
import type { Tables } from './format.ts';
import { buildTrie } from './trie.ts';

/** The halves of each token's last merge say all there is to know of a vocabulary. */
export interface Splits {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** The bytes of every token, by id; undefined for a hole. */
export function tokensOf({ left, right }: Splits): (Uint8Array | undefined)[] {
  const tokens: (Uint8Array | undefined)[] = [];
  for (let id = 0; id < left.length; id++) {
    if (right[id]! >= 0) {
      tokens.push(Uint8Array.of(...tokens[left[id]!]!, ...tokens[right[id]!]!));
    } else {
      tokens.push(right[id] === -1 ? Uint8Array.of(~left[id]!) : undefined);
    }
  }
  return tokens;
}

/** The tables of the first `size` ids. The build does it for the common encodings, loading does for the rare ones. */
export function buildTables(splits: Splits, size: number, charClasses: CharClasses): Tables {
  const left = splits.left.subarray(0, size);
  const right = splits.right.subarray(0, size);
  const tokens = tokensOf({ left, right });
  return {
    pieces: buildPieceTable(tokens),
    trie: buildTrie(tokens),
    pairs: buildPairTable(left, right),
    left,
    right,
    charClasses,
  };
}
