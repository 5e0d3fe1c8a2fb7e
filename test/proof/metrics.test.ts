import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levenshtein, rouge, rougeTokenize, sentenceTer } from '../../src/metrics/index.ts';
import { gatePairs, gateScores, seededRandom } from '../../src/metrics/stats/index.ts';
import { normalFrom, pairsFrom } from '../metrics/simulate.ts';
import { textbookLcsLength, textbookLevenshtein, textbookSummaryHits, textbookTerEdits } from '../metrics/textbook.ts';

const settings = { numRuns: 5000 };

describe('the fast ways are the textbook ways', () => {
  it('levenshtein', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '😀'), maxLength: 150 });
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(levenshtein(a, b)).toBe(textbookLevenshtein(a, b));
      }),
      settings,
    );
  });

  it('rougeL and rougeLsum', () => {
    const line = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 70 })
      .map((words) => words.join(' '));
    const lines = fc.array(line, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, lines, (prediction, reference) => {
        const [ours, theirs] = [prediction, reference].map((all) => all.map((each) => rougeTokenize(each))) as [
          string[][],
          string[][],
        ];
        fc.pre(ours.flat().length > 0 && theirs.flat().length > 0);
        const scores = rouge(prediction.join('\n'), [reference.join('\n')]);
        const total = theirs.flat().length;
        expect(scores.rougeL.recall * total).toBeCloseTo(textbookLcsLength(theirs.flat(), ours.flat()), 9);
        expect(scores.rougeLsum.recall * total).toBeCloseTo(textbookSummaryHits(theirs, ours), 9);
      }),
      settings,
    );
  });

  it('ter', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (hypothesis, reference) => {
        const { edits } = sentenceTer(hypothesis.join(' '), [reference.join(' ')]);
        expect(edits).toBe(textbookTerEdits(hypothesis, reference));
      }),
      settings,
    );
  });
});

const share = (verdicts: readonly string[]): number =>
  verdicts.filter((verdict) => verdict === 'regressed').length / verdicts.length;

describe('the gates hold what they print', () => {
  const RUNS = 3000;
  it.each([
    { samples: 50, passRate: 0.8, flipRate: 0.02 },
    { samples: 50, passRate: 0.8, flipRate: 0.16 },
    { samples: 50, passRate: 0.6, flipRate: 0.1 },
    { samples: 50, passRate: 0.95, flipRate: 0.01 },
    { samples: 200, passRate: 0.8, flipRate: 0.05 },
    { samples: 20, passRate: 0.9, flipRate: 0.03 },
  ])('gatePairs: %j', ({ samples, ...noise }) => {
    const random = seededRandom(1);
    const gates = Array.from({ length: RUNS }, () => gatePairs(pairsFrom(random, samples, noise, 0)));
    const drop = gates.reduce((sum, { smallestEffect }) => sum + smallestEffect!, 0) / RUNS;
    const seen = Array.from({ length: RUNS }, () => gatePairs(pairsFrom(random, samples, noise, drop)).verdict);
    const alarms = share(gates.map(({ verdict }) => verdict));
    console.log(
      `n ${samples}, ${JSON.stringify(noise)}: alarms ${alarms}, power ${share(seen)} at a drop of ${drop.toFixed(3)}`,
    );
    expect(alarms).toBeLessThan(0.06);
    expect(Math.abs(share(seen) - 0.8)).toBeLessThan(0.05);
  });

  it.each([20, 50, 200])('gateScores, %i samples', (samples) => {
    const random = seededRandom(2);
    const gateOnce = (drop: number): ReturnType<typeof gateScores> => {
      const before = Array.from({ length: samples }, () => 0.7 + 0.1 * normalFrom(random));
      return gateScores(
        before,
        before.map((score) => score - drop + 0.15 * normalFrom(random)),
      );
    };
    const gates = Array.from({ length: RUNS }, () => gateOnce(0));
    const drop = gates.reduce((sum, { smallestEffect }) => sum + smallestEffect!, 0) / RUNS;
    const seen = Array.from({ length: RUNS }, () => gateOnce(drop).verdict);
    const alarms = share(gates.map(({ verdict }) => verdict));
    console.log(`n ${samples}: alarms ${alarms}, power ${share(seen)} at a drop of ${drop.toFixed(3)}`);
    expect(alarms).toBeLessThan(0.06);
    expect(Math.abs(share(seen) - 0.8)).toBeLessThan(0.05);
  });
});
