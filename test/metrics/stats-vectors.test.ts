import { expect, it } from 'vitest';
import {
  benjaminiHochberg,
  bootstrap,
  clopperPearson,
  clusteredInterval,
  cohenKappaOfTable,
  fleissKappa,
  holm,
  mcnemar,
  msprt,
  newcombe,
  normalCdf,
  normalQuantile,
  pairedT,
  quantile,
  sampleSize,
  sampleSizeOfPairs,
  sampleSizeOfRates,
  signEValue,
  smallestEffect,
  tInterval,
  tQuantile,
  wilson,
} from '../../src/metrics/stats/index.ts';
import { describeVectors } from './vectors.ts';

type Row = Record<string, number>;

interface Vectors {
  normal_quantile: Row[];
  normal_cdf: Row[];
  t_quantile: Row[];
  wilson: Row[];
  clopper_pearson: Row[];
  newcombe_diff: Row[];
  mcnemar: Row[];
  cohen_kappa: {
    table: number[][];
    kappa: number;
    std: number;
    ci95: number[];
    linear: number | null;
    quadratic: number | null;
  }[];
  fleiss_kappa: { table: number[][]; kappa: number }[];
  paired: { a: number[]; b: number[]; mean_diff: number; se: number; t: number; p: number; ci95: [number, number] };
  clustered_se: { scores: number[]; clusters: string[]; mean: number; se_clustered_inspect: number };
  multiple: Record<'p' | 'holm' | 'fdr_bh', number[]>;
  sample_size: Record<'miller' | 'two_prop' | 'paired_binary' | 'mde_paired', Row[]>;
  msprt: { x: number[]; s2: number; tau2: number; p: number[] };
  evalue_sign: Row[];
  bootstrap_reference: Record<'data' | 'bca' | 'percentile' | 't_ci', number[]> & { mean: number; tol: number };
  quantile_type7: { data: number[]; q: number; v: number }[];
}

const near = (actual: number, expected: number, tolerance: number = 1e-9): void =>
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );

describeVectors<Vectors>('stats', (vectors) => {
  it('normal and t', () => {
    for (const { p, z } of vectors.normal_quantile) near(normalQuantile(p!), z!, 1e-13);
    for (const { z, p } of vectors.normal_cdf) near(normalCdf(z!), p!, 1e-14);
    for (const { p, df, t } of vectors.t_quantile) near(tQuantile(p!, df!), t!, 1e-11);
  });

  it('proportions', () => {
    for (const { k, n, conf, lo, hi } of vectors.wilson) {
      const { low, high } = wilson(k!, n!, { confidence: conf! });
      near(low, lo!);
      near(high, hi!);
    }
    for (const { k, n, conf, lo, hi } of vectors.clopper_pearson) {
      const { low, high } = clopperPearson(k!, n!, { confidence: conf! });
      near(low, lo!);
      near(high, hi!);
    }
    for (const { k1, n1, k2, n2, conf, diff, lo, hi } of vectors.newcombe_diff) {
      const { difference, low, high } = newcombe(k1!, n1!, k2!, n2!, { confidence: conf! });
      near(difference, diff!);
      near(low, lo!);
      near(high, hi!);
    }
  });

  it('McNemar', () => {
    for (const { b, c, exact_p, mid_p, chi2, chi2_p, chi2_cc, chi2_cc_p } of vectors.mcnemar) {
      const result = mcnemar(b!, c!);
      near(result.exact, exact_p!, 1e-14);
      if (mid_p === undefined) continue;
      near(result.midP, mid_p, 1e-13);
      near(result.chiSquare.statistic, chi2!);
      near(result.chiSquare.pValue, chi2_p!, 1e-13);
      near(result.corrected.statistic, chi2_cc!);
      near(result.corrected.pValue, chi2_cc_p!, 1e-13);
    }
  });

  it('kappa', () => {
    for (const { table, kappa, std, ci95, linear, quadratic } of vectors.cohen_kappa) {
      const result = cohenKappaOfTable(table);
      near(result.kappa, kappa);
      near(result.standardError, std);
      near(result.low, ci95[0]!);
      near(result.high, ci95[1]!);
      if (linear !== null) near(cohenKappaOfTable(table, { weights: 'linear' }).kappa, linear);
      if (quadratic !== null) near(cohenKappaOfTable(table, { weights: 'quadratic' }).kappa, quadratic);
    }
    for (const { table, kappa } of vectors.fleiss_kappa) near(fleissKappa(table), kappa);
  });

  it('means', () => {
    const { paired, clustered_se: clustered, bootstrap_reference: reference } = vectors;
    const result = pairedT(paired.a, paired.b);
    near(result.mean, paired.mean_diff);
    near(result.standardError, paired.se);
    near(result.t, paired.t);
    near(result.pValue, paired.p);
    near(result.low, paired.ci95[0]);
    near(result.high, paired.ci95[1]);
    const estimate = clusteredInterval(clustered.scores, clustered.clusters);
    near(estimate.mean, clustered.mean);
    near(estimate.standardError, clustered.se_clustered_inspect);
    expect(estimate.degrees).toBe(new Set(clustered.clusters).size - 1);
    near(tInterval(reference.data).low, reference.t_ci[0]!);
    near(tInterval(reference.data).high, reference.t_ci[1]!);
    for (const method of ['bca', 'percentile'] as const) {
      const { low, high } = bootstrap(reference.data, { method, resamples: 20_000 });
      near(low, reference[method][0]!, reference.tol);
      near(high, reference[method][1]!, reference.tol);
    }
    for (const { data, q, v } of vectors.quantile_type7) near(quantile(data, q), v);
  });

  it('several tests', () => {
    const { p, holm: adjusted, fdr_bh } = vectors.multiple;
    holm(p).forEach((value, at) => near(value, adjusted[at]!));
    benjaminiHochberg(p).forEach((value, at) => near(value, fdr_bh[at]!));
  });

  it('sample sizes', () => {
    const sizes = vectors.sample_size;
    for (const { omega2, sA2, sB2, KA, KB, delta, n } of sizes.miller) {
      near(sampleSize({ effect: delta!, variance: omega2! + sA2! / KA! + sB2! / KB! }), n!);
    }
    for (const { p1, p2, n_per_arm } of sizes.two_prop) near(sampleSizeOfRates(p1!, p2!), n_per_arm!);
    for (const { pD, delta, n } of sizes.paired_binary)
      near(sampleSizeOfPairs({ effect: delta!, discordant: pD! }), n!);
    for (const { n, sd_diff, mde } of sizes.mde_paired)
      near(smallestEffect({ samples: n!, deviation: sd_diff! }), mde!);
  });

  it('sequential', () => {
    const { x, s2, tau2, p } = vectors.msprt;
    msprt(x, { variance: s2, mixingVariance: tau2 }).forEach(({ pValue }, at) => near(pValue, p[at]!));
    for (const { b, c, e } of vectors.evalue_sign) near(signEValue(b!, c!), e!);
  });
});
