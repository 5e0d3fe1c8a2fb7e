import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  benjaminiHochberg,
  bootstrap,
  clopperPearson,
  clusteredInterval,
  cohenKappa,
  cohenKappaOfTable,
  confidenceSequence,
  fleissKappa,
  holm,
  type Interval,
  mcnemar,
  msprt,
  newcombe,
  newcombePaired,
  normalCdf,
  normalQuantile,
  pairedT,
  quantile,
  sampleRatio,
  sampleSize,
  seededRandom,
  smallestEffect,
  tInterval,
  tQuantile,
  wilson,
} from '../../src/metrics/stats/index.ts';
import { normalFrom } from './simulate.ts';

const width = ({ low, high }: Interval): number => high - low;

const paired = (factor: number): Interval =>
  newcombePaired({ bothPassed: 30 * factor, broken: 5 * factor, fixed: 3 * factor, bothFailed: 12 * factor });

const missesHalf = ({ low, high }: Interval): boolean => low > 0.5 || high < 0.5;

describe('intervals', () => {
  it.each([wilson, clopperPearson])('%o holds the rate and shrinks with n', (interval) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(200), fc.integer({ min: 2, max: 9 }), (n, k, factor) => {
        fc.pre(k <= n);
        const narrow = interval(k * factor, n * factor);
        expect(width(narrow)).toBeLessThan(width(interval(k, n)));
        expect(narrow.low).toBeLessThanOrEqual(k / n);
        expect(narrow.high).toBeGreaterThanOrEqual(k / n);
        expect(width(interval(k, n, { confidence: 0.99 }))).toBeGreaterThan(width(interval(k, n)));
      }),
    );
  });

  it('of differences shrink with n too', () => {
    expect(width(newcombe(90, 100, 85, 100))).toBeLessThan(width(newcombe(18, 20, 17, 20)));
    expect(width(paired(4))).toBeLessThan(width(paired(1)));
    const scores = [0.2, 0.9, 0.4, 0.7];
    expect(width(tInterval([...scores, ...scores]))).toBeLessThan(width(tInterval(scores)));
  });

  it('of paired rates match the published example', () => {
    // Newcombe 1998b, table II, method 10: 36, 12, 2, 0 gives 0.0569 to 0.3404 for first minus second.
    const { difference, low, high } = newcombePaired({ bothPassed: 36, broken: 2, fixed: 12, bothFailed: 0 });
    expect(difference).toBeCloseTo(0.2, 12);
    expect(low).toBeCloseTo(0.0569, 4);
    expect(high).toBeCloseTo(0.3404, 4);
  });

  it('allow for clusters that are alike', () => {
    const values = [1, 1, 1, 0, 0, 0];
    const each = clusteredInterval(values, ['a', 'b', 'c', 'd', 'e', 'f']);
    expect(each.standardError).toBeCloseTo(tInterval(values).standardError, 12);
    expect(clusteredInterval(values, ['a', 'a', 'a', 'b', 'b', 'b']).standardError).toBeGreaterThan(each.standardError);
    expect(() => clusteredInterval(values, ['a', 'a', 'a', 'a', 'a', 'a'])).toThrow(/one cluster/);
  });
});

describe('kappa', () => {
  it('of agreement is 1, whatever the weights', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('bad', 'fair', 'good'), { minLength: 1 }), (labels) => {
        for (const weights of ['none', 'linear', 'quadratic'] as const) {
          expect(cohenKappa(labels, labels, { weights }).kappa).toBeCloseTo(1, 12);
        }
        const counts = labels.map((label) => ['bad', 'fair', 'good'].map((category) => (category === label ? 3 : 0)));
        expect(fleissKappa(counts)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is symmetric, and 0 for chance', () => {
    const labels = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1 });
    fc.assert(
      fc.property(labels, (pairs) => {
        const [first, second] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        expect(cohenKappa(first, second, { weights: 'linear' }).kappa).toBeCloseTo(
          cohenKappa(second, first, { weights: 'linear' }).kappa,
          9,
        );
      }),
    );
    expect(
      cohenKappaOfTable([
        [9, 3],
        [3, 1],
      ]).kappa,
    ).toBeCloseTo(0, 12);
  });

  it('refuses what it cannot count', () => {
    expect(() => cohenKappa([], [])).toThrow(RangeError);
    expect(() => cohenKappa(['a'], [])).toThrow(RangeError);
    expect(() => cohenKappa([Number.NaN], [1])).toThrow(RangeError);
    expect(() => cohenKappa(['a'], ['c'], { categories: ['a', 'b'] })).toThrow(/none of the categories/);
    expect(() => fleissKappa([[1, 0]])).toThrow(/two raters/);
    expect(() =>
      fleissKappa([
        [2, 0],
        [1, 0],
      ]),
    ).toThrow(/as many raters/);
  });
});

describe('adjusted p-values', () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

  it('are never below the raw ones, and Holm never below Benjamini and Hochberg', () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        const [strict, loose] = [holm(ps), benjaminiHochberg(ps)];
        ps.forEach((p, at) => {
          expect(loose[at]).toBeGreaterThanOrEqual(p - 1e-12);
          expect(strict[at]).toBeGreaterThanOrEqual(loose[at]! - 1e-12);
          expect(strict[at]).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('refuse NaN', () => {
    expect(() => holm([0.1, Number.NaN])).toThrow(RangeError);
    expect(() => benjaminiHochberg([1.1])).toThrow(RangeError);
  });
});

describe('distributions', () => {
  it('quantiles undo probabilities', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        (p, degrees) => {
          expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
          expect(tQuantile(1 - p, degrees)).toBeCloseTo(-tQuantile(p, degrees), 6);
        },
      ),
    );
    expect(tQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 5);
  });

  it.each([0, 1, -0.1, Number.NaN])('refuse p = %d', (p) => {
    expect(() => normalQuantile(p)).toThrow(RangeError);
    expect(() => tQuantile(p, 3)).toThrow(RangeError);
  });
});

describe('tests of differences', () => {
  it('McNemar is symmetric and stays a probability', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (b, c) => {
        const { exact, midP } = mcnemar(b, c);
        expect(mcnemar(c, b).exact).toBe(exact);
        expect(exact).toBeGreaterThanOrEqual(midP);
        expect(midP).toBeGreaterThanOrEqual(0);
        expect(exact).toBeLessThanOrEqual(1);
      }),
      { examples: [[1106, 4]] },
    );
  });

  it('paired t is now minus before', () => {
    expect(pairedT([0.1, 0.2, 0.3], [0.4, 0.4, 0.6])).toMatchObject({ degrees: 2 });
    expect(pairedT([0.1, 0.2, 0.3], [0.4, 0.4, 0.6]).mean).toBeCloseTo(0.8 / 3, 12);
    expect(pairedT([1, 2], [1, 2])).toMatchObject({ t: 0, pValue: 1 });
    expect(() => pairedT([1], [2])).toThrow(RangeError);
  });

  it('the sample ratio check tells a broken split from an uneven one', () => {
    expect(sampleRatio([5000, 5100]).isExpected).toBe(true);
    expect(sampleRatio([5000, 5600]).isExpected).toBe(false);
    expect(sampleRatio([9000, 1010], [0.9, 0.1]).isExpected).toBe(true);
    expect(() => sampleRatio([0, 0])).toThrow(RangeError);
  });
});

describe('bootstrap', () => {
  it('is the same for the same seed, and holds the estimate', () => {
    const values = [0.2, 0.9, 0.4, 0.7, 0.75];
    expect(bootstrap(values, { seed: 3 })).toEqual(bootstrap(values, { seed: 3 }));
    const { low, estimate, high } = bootstrap(values, { statistic: (sample) => quantile(sample, 0.5) });
    expect([low <= estimate, estimate <= high]).toEqual([true, true]);
    expect(bootstrap([1, 1, 1])).toEqual({ estimate: 1, low: 1, high: 1 });
    expect(() => bootstrap([1, Number.NaN])).toThrow(RangeError);
  });
});

describe('sample sizes', () => {
  it('turn around: the smallest effect of n samples needs n samples', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 10_000 }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (samples, deviation) => {
          const effect = smallestEffect({ samples, deviation });
          expect(sampleSize({ effect, variance: deviation ** 2 })).toBeCloseTo(samples, 6);
        },
      ),
    );
    expect(() => sampleSize({ effect: 0, variance: 1 })).toThrow(RangeError);
  });
});

describe('sequential intervals', { timeout: 30_000 }, () => {
  it('hold at all times together, in nearly all of the simulated runs', () => {
    const random = seededRandom(9);
    const runs = 200;
    let [byMsprt, bySequence] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const values = Array.from({ length: 300 }, () => 0.5 + 0.4 * normalFrom(random));
      if (msprt(values, { variance: 0.16, mixingVariance: 0.04 }).some(missesHalf)) byMsprt++;
      if (confidenceSequence(values).slice(20).some(missesHalf)) bySequence++;
    }
    expect(byMsprt / runs).toBeLessThan(0.05);
    expect(bySequence / runs).toBeLessThan(0.05);
  });

  it('shrink, and agree with their p-values', () => {
    const values = Array.from({ length: 200 }, (_, at) => 0.3 + (at % 2 === 0 ? 0.2 : -0.2));
    const steps = msprt(values, { variance: 0.16, mixingVariance: 0.04 });
    expect(width(steps[199]!)).toBeLessThan(width(steps[50]!));
    const first = steps.findIndex(({ low }) => low > 0);
    expect(first).toBeGreaterThan(1);
    expect(first).toBe(steps.findIndex(({ pValue }) => pValue < 0.05));
    expect(confidenceSequence(values).at(-1)!.low).toBeGreaterThan(0);
    expect(confidenceSequence([1])[0]).toEqual({ mean: 1, low: -Infinity, high: Infinity });
    expect(() => confidenceSequence([Number.NaN])).toThrow(RangeError);
  });
});
