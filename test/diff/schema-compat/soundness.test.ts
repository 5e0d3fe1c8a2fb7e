import { describe, expect, it } from 'vitest';
import { tallyPairs } from './soundness.ts';

describe('compareSchemas on generated pairs', () => {
  it('gives no answer that an instance contradicts, and decides nearly all', { timeout: 240_000 }, () => {
    const tally = tallyPairs(1, 1500, 20);
    expect(tally.mistakes).toEqual([]);
    expect(tally.verdicts['compatible']).toBeGreaterThan(300);
    expect(tally.verdicts['breaking']).toBeGreaterThan(300);
    expect((tally.verdicts['unknown'] ?? 0) / tally.pairs).toBeLessThan(0.02);
  });
});
