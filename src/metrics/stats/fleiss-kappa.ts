import { requireInteger } from '../check.ts';

/**
 * Fleiss' kappa of several raters (Fleiss 1971). Where all ratings are one category it is 0/0, and given as 1.
 *
 * @param counts `counts[i][j]`: how many raters put subject i in category j; each subject has as many raters
 * @throws RangeError for no subjects, fewer than two raters, or rows with different sums.
 * @example fleissKappa([[3, 0], [0, 3], [3, 0]]); // 1
 */
export function fleissKappa(counts: readonly (readonly number[])[]): number {
  const first = counts[0];
  if (!first) throw new RangeError('there are no subjects');
  const raters = first.reduce((sum, count) => sum + count, 0);
  if (raters < 2) throw new RangeError('each subject needs at least two raters');
  const totals = first.map(() => 0);
  let agreement = 0;
  for (const row of counts) {
    let [ratings, squares] = [0, 0];
    if (row.length !== first.length) throw new RangeError('each subject needs a count for each category');
    row.forEach((count, category) => {
      requireInteger(count, 'a count of ratings', 0);
      ratings += count;
      squares += count * count;
      totals[category]! += count;
    });
    if (ratings !== raters) throw new RangeError(`each subject needs as many raters, got ${ratings} and ${raters}`);
    agreement += (squares - raters) / (raters * (raters - 1)) / counts.length;
  }
  const expected = totals.reduce((sum, total) => sum + (total / (raters * counts.length)) ** 2, 0);
  return expected >= 1 ? 1 : (agreement - expected) / (1 - expected);
}
