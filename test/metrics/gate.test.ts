import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countPairs,
  gatePairs,
  gateRate,
  gateScores,
  judgeTogether,
  mcnemar,
  type PairedCounts,
  seededRandom,
} from '../../src/metrics/stats/index.ts';
import { normalFrom, pairsFrom } from './simulate.ts';

describe('gatePairs', () => {
  it('calls a drop beyond chance', () => {
    const gate = gatePairs({ bothPassed: 36, broken: 10, fixed: 1, bothFailed: 3 });
    expect(gate).toMatchObject({ verdict: 'regressed', test: 'mcnemar-exact', samples: 50, moreSamples: 0 });
    expect(gate.difference).toBeCloseTo(-0.18, 12);
    expect(gate.interval.high).toBeLessThan(0);
    expect(gate.pValue).toBeCloseTo(mcnemar(10, 1).exact, 12);
  });

  it('passes where nothing broke, and where a gain is beyond chance', () => {
    expect(gatePairs({ bothPassed: 40, broken: 0, fixed: 0, bothFailed: 10 }).verdict).toBe('pass');
    expect(gatePairs({ bothPassed: 36, broken: 1, fixed: 10, bothFailed: 3 }).verdict).toBe('pass');
  });

  it('does not know where a few broke, and says how many more samples would tell', () => {
    const gate = gatePairs({ bothPassed: 38, broken: 3, fixed: 1, bothFailed: 8 });
    expect(gate.verdict).toBe('inconclusive');
    expect(gate.moreSamples).toBeGreaterThan(50);
    const enough = 50 + gate.moreSamples!;
    const sameRates = (count: number): number => Math.round((count * enough) / 50);
    const grown = gatePairs({
      bothPassed: sameRates(38),
      broken: sameRates(2),
      fixed: sameRates(2),
      bothFailed: sameRates(8),
    });
    expect(grown.smallestEffect).toBeLessThan(0.055);
  });

  it('passes where the interval leaves out every drop that matters', () => {
    expect(gatePairs({ bothPassed: 900, broken: 20, fixed: 18, bothFailed: 62 }).verdict).toBe('pass');
    expect(gatePairs({ bothPassed: 900, broken: 20, fixed: 18, bothFailed: 62 }, { margin: 0.01 }).verdict).toBe(
      'inconclusive',
    );
  });

  it('knows that five samples show no drop at all', () => {
    expect(gatePairs({ bothPassed: 0, broken: 5, fixed: 0, bothFailed: 0 })).toMatchObject({
      verdict: 'inconclusive',
      smallestEffect: null,
    });
  });

  it('counts pairs', () => {
    expect(countPairs([true, true, false, false, true], [true, false, true, false, true])).toEqual({
      bothPassed: 2,
      broken: 1,
      fixed: 1,
      bothFailed: 1,
    });
  });

  it.each([
    { bothPassed: 0, broken: 0, fixed: 0, bothFailed: 0 },
    { bothPassed: 1.5, broken: 0, fixed: 0, bothFailed: 0 },
    { bothPassed: Number.NaN, broken: 0, fixed: 0, bothFailed: 0 },
    { bothPassed: 3, broken: -1, fixed: 0, bothFailed: 0 },
  ])('refuses %j', (counts) => {
    expect(() => gatePairs(counts)).toThrow(RangeError);
  });
});

describe('gateScores', () => {
  const before = [0.9, 0.8, 0.7, 0.9, 0.85, 0.6, 0.75, 0.9];

  it.each(['paired-t', 'bootstrap'] as const)('%s calls a drop and passes a gain', (method) => {
    const worse = before.map((score, at) => score - 0.2 - 0.02 * (at % 3));
    expect(gateScores(before, worse, { method })).toMatchObject({ verdict: 'regressed', test: method, samples: 8 });
    expect(gateScores(worse, before, { method }).verdict).toBe('pass');
    expect(gateScores(before, before, { method })).toMatchObject({ verdict: 'pass', pValue: 1 });
  });

  it('gives the same bootstrap for the same seed', () => {
    const now = before.map((score, at) => score + 0.1 * Math.sin(at * at));
    const options = { method: 'bootstrap', seed: 11 } as const;
    expect(gateScores(before, now, options)).toEqual(gateScores(before, now, options));
    expect(gateScores(before, now, options).interval).not.toEqual(
      gateScores(before, now, { ...options, seed: 12 }).interval,
    );
  });

  it('allows for clusters', () => {
    const now = before.map((score, at) => score - (at < 4 ? 0.2 : 0.02) + 0.001 * at);
    const clusters = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'];
    expect(gateScores(before, now).verdict).toBe('regressed');
    expect(gateScores(before, now, { clusters }).verdict).toBe('inconclusive');
  });

  it('takes equal drops without spread for real, and one pair for nothing', () => {
    expect(gateScores([0.9, 0.8, 0.7], [0.8, 0.7, 0.6]).verdict).toBe('regressed');
    expect(gateScores([0.9], [0.1])).toMatchObject({ verdict: 'inconclusive', smallestEffect: null });
  });

  it('refuses NaN and lists that do not pair up', () => {
    expect(() => gateScores([0.5, Number.NaN], [0.5, 0.5])).toThrow(/finite/);
    expect(() => gateScores([0.5], [0.5, 0.5])).toThrow(RangeError);
    expect(() => gateScores([], [])).toThrow(RangeError);
  });
});

describe('judgeTogether', () => {
  it('takes back an alarm that is not beyond chance among several gates', () => {
    const weak = gatePairs({ bothPassed: 38, broken: 8, fixed: 1, bothFailed: 3 });
    const strong = gatePairs({ bothPassed: 30, broken: 16, fixed: 0, bothFailed: 4 });
    const none = gatePairs({ bothPassed: 40, broken: 2, fixed: 2, bothFailed: 6 });
    expect(weak.verdict).toBe('regressed');
    expect(judgeTogether([weak, strong, none]).map(({ verdict }) => verdict)).toEqual([
      'inconclusive',
      'regressed',
      'inconclusive',
    ]);
  });
});

describe('gateRate', () => {
  it('has three answers', () => {
    expect(gateRate(99, 100, { minimum: 0.9 }).verdict).toBe('pass');
    expect(gateRate(70, 100, { minimum: 0.9 }).verdict).toBe('failed');
    const open = gateRate(46, 50, { minimum: 0.9 });
    expect(open.verdict).toBe('inconclusive');
    const total = 50 + open.moreSamples!;
    expect(gateRate(Math.round(0.92 * total), total, { minimum: 0.9 }).verdict).toBe('pass');
  });
});

it('a worse outcome never makes the verdict better', () => {
  const rank = { pass: 2, inconclusive: 1, regressed: 0 };
  const counts = fc.record({ bothPassed: fc.nat(60), broken: fc.nat(20), fixed: fc.nat(20), bothFailed: fc.nat(30) });
  fc.assert(
    fc.property(counts, (pairs: PairedCounts) => {
      fc.pre(pairs.bothPassed > 0);
      const worse = { ...pairs, bothPassed: pairs.bothPassed - 1, broken: pairs.broken + 1 };
      expect(rank[gatePairs(worse).verdict]).toBeLessThanOrEqual(rank[gatePairs(pairs).verdict]);
    }),
  );
});

// Seeded, so that they say the same each time; test/proof repeats them with more runs and more cases.
describe('simulated at 50 samples', { timeout: 60_000 }, () => {
  const SAMPLES = 50;
  const RUNS = 600;

  it.each([
    { passRate: 0.8, flipRate: 0.05 },
    { passRate: 0.9, flipRate: 0.03 },
  ])('gatePairs cries wolf under 6 % of the time, and sees what it says it sees: %j', (noise) => {
    const random = seededRandom(20);
    const gates = Array.from({ length: RUNS }, () => gatePairs(pairsFrom(random, SAMPLES, noise, 0)));
    expect(gates.filter(({ verdict }) => verdict === 'regressed').length / RUNS).toBeLessThan(0.06);
    const drop = gates.reduce((sum, { smallestEffect }) => sum + smallestEffect!, 0) / RUNS;
    const seen = Array.from({ length: RUNS }, () => gatePairs(pairsFrom(random, SAMPLES, noise, drop)).verdict);
    expect(Math.abs(seen.filter((verdict) => verdict === 'regressed').length / RUNS - 0.8)).toBeLessThan(0.05);
  });

  it.each(['paired-t', 'bootstrap'] as const)('gateScores with %s too', (method) => {
    const random = seededRandom(21);
    const runs = method === 'bootstrap' ? 300 : RUNS;
    const gateOnce = (drop: number): ReturnType<typeof gateScores> => {
      const before = Array.from({ length: SAMPLES }, () => 0.7 + 0.1 * normalFrom(random));
      const now = before.map((score) => score - drop + 0.15 * normalFrom(random));
      return gateScores(before, now, { method, resamples: 399 });
    };
    const gates = Array.from({ length: runs }, () => gateOnce(0));
    expect(gates.filter(({ verdict }) => verdict === 'regressed').length / runs).toBeLessThan(0.06);
    const drop = gates.reduce((sum, { smallestEffect }) => sum + smallestEffect!, 0) / runs;
    const seen = Array.from({ length: runs }, () => gateOnce(drop).verdict);
    expect(Math.abs(seen.filter((verdict) => verdict === 'regressed').length / runs - 0.8)).toBeLessThan(0.05);
  });
});
