import type { Splits } from '../../src/tokens/bpe/tables/token-bytes.ts';

const BYTES = 256;

/**
 * The halves of every token's last merge, found by merging the token's bytes with the tokens of lower
 * rank. Proves on the way what the counter's matching rests on: ids 0-255 are the bytes, and every
 * other token comes from exactly one pair of lower-ranked tokens.
 */
export function lastMerges(tokens: readonly (string | undefined)[]): Splits {
  const rankOf = new Map<string, number>();
  tokens.forEach((token, rank) => token !== undefined && rankOf.set(token, rank));
  const left = new Int32Array(tokens.length);
  const right = new Int32Array(tokens.length);
  tokens.forEach((token, rank) => {
    const isByte = token?.length === 1;
    if (isByte !== rank < BYTES) throw new Error(`rank ${rank} breaks the rule that 0-255 are the bytes`);
    if (token === undefined || isByte) {
      left[rank] = token === undefined ? -1 : ~token.charCodeAt(0);
      right[rank] = token === undefined ? -2 : -1;
      return;
    }
    const parts = mergeBelow(token, rank, rankOf);
    if (parts.length !== 2) throw new Error(`token ${rank} comes from ${parts.length} parts, not 2`);
    left[rank] = rankOf.get(parts[0]!)!;
    right[rank] = rankOf.get(parts[1]!)!;
  });
  return { left, right };
}

/** What byte-pair merging, the plain way, makes of `token` if only ranks below `limit` exist. */
function mergeBelow(token: string, limit: number, rankOf: ReadonlyMap<string, number>): string[] {
  const parts = token.split('');
  for (;;) {
    let best = -1;
    let bestRank = limit;
    for (let at = 0; at + 1 < parts.length; at++) {
      const rank = rankOf.get(parts[at]! + parts[at + 1]!);
      if (rank !== undefined && rank < bestRank) {
        best = at;
        bestRank = rank;
      }
    }
    if (best < 0) return parts;
    parts.splice(best, 2, parts[best]! + parts[best + 1]!);
  }
}
