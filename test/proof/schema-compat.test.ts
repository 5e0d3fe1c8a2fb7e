import { describe, expect, it } from 'vitest';
import { tallyPairs } from '../diff/schema-compat/soundness.ts';

const batches = 100;
const pairsPerBatch = 1000;

describe('compareSchemas on 100 000 generated pairs', () => {
  const verdicts: Record<string, number> = {};
  const undecided: Record<string, number> = {};

  it.each(Array.from({ length: batches }, (_, index) => index + 100))('seed %i: no answer is contradicted', (seed) => {
    const tally = tallyPairs(seed, pairsPerBatch, 20);
    add(verdicts, tally.verdicts);
    add(undecided, tally.undecided);
    expect(tally.mistakes).toEqual([]);
  });

  it('leaves under 2 % undecided', () => {
    console.log('verdicts', verdicts, 'undecided by keyword', undecided);
    expect((verdicts['unknown'] ?? 0) / (batches * pairsPerBatch)).toBeLessThan(0.02);
  });
});

function add(total: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) total[name] = (total[name] ?? 0) + count;
}
