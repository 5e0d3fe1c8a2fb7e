import { requireText } from './check.ts';
import { codePoints } from './text.ts';

/** The largest product of two differing texts' lengths: seconds. */
const MAX_CELLS = 2 ** 35;

/**
 * The fewest code points to insert, delete or replace to make one text the other (Levenshtein 1966), by bit vectors (Myers 1999,
 * Hyyrö 2003). An astral character counts as one; letters and their combining marks count apart.
 *
 * @throws RangeError where the product of the lengths, without common start and end, is over 2^35 (185 000 code points each).
 * @example levenshtein('kitten', 'sitting'); // 3
 */
export function levenshtein(a: string, b: string): number {
  requireText(a, 'a');
  requireText(b, 'b');
  if (a === b) return 0;
  const [first, second] = withoutCommonEnds(codePoints(a), codePoints(b));
  if (first.length === 0) return second.length;
  if (first.length * second.length > MAX_CELLS) {
    throw new RangeError(
      `levenshtein of ${first.length} against ${second.length} code points is beyond its limit (a product of 2^35)`,
    );
  }
  return bitParallelDistance(first, second);
}

/**
 * 1 - distance / length of the longer text: 1 for equal texts, two empty ones included.
 *
 * @example levenshteinSimilarity('kitten', 'sitting'); // 0.571
 */
export function levenshteinSimilarity(a: string, b: string): number {
  const longer = Math.max(codePoints(a).length, codePoints(b).length);
  return longer === 0 ? 1 : 1 - levenshtein(a, b) / longer;
}

/** Returns the shorter first. */
function withoutCommonEnds(a: Int32Array, b: Int32Array): [Int32Array, Int32Array] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [first, second] = [a.subarray(start, endA), b.subarray(start, endB)];
  return first.length <= second.length ? [first, second] : [second, first];
}

// A column of the textbook table changes by -1, 0 or 1 from cell to cell: `up` and `down` hold those steps, 32 cells a block.
function bitParallelDistance(pattern: Int32Array, text: Int32Array): number {
  const width = (pattern.length + 31) >>> 5;
  const masks = maskPoints(pattern, width);
  const nowhere = new Int32Array(width);
  const up = new Int32Array(width).fill(-1);
  const down = new Int32Array(width);
  const last = width - 1;
  const lastBit = (pattern.length - 1) & 31;
  let distance = pattern.length;
  for (let at = 0; at < text.length; at++) {
    const mask = masks.get(text[at]!) ?? nowhere;
    let upIn = 1;
    let downIn = 0;
    for (let block = 0; block < width; block++) {
      const vp = up[block]!;
      const vn = down[block]!;
      const match = mask[block]!;
      const vertical = match | vn;
      const seen = match | downIn;
      const diagonal = ((((seen & vp) + vp) | 0) ^ vp) | seen;
      let hp = vn | ~(diagonal | vp);
      let hn = vp & diagonal;
      if (block === last) distance += ((hp >>> lastBit) & 1) - ((hn >>> lastBit) & 1);
      const [upOut, downOut] = [hp >>> 31, hn >>> 31];
      hp = (hp << 1) | upIn;
      hn = (hn << 1) | downIn;
      up[block] = hn | ~(vertical | hp);
      down[block] = hp & vertical;
      upIn = upOut;
      downIn = downOut;
    }
  }
  return distance;
}

function maskPoints(pattern: Int32Array, width: number): Map<number, Int32Array> {
  const masks = new Map<number, Int32Array>();
  for (let at = 0; at < pattern.length; at++) {
    let mask = masks.get(pattern[at]!);
    if (!mask) masks.set(pattern[at]!, (mask = new Int32Array(width)));
    mask[at >>> 5]! |= 1 << (at & 31);
  }
  return masks;
}
