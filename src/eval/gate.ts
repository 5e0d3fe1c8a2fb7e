import type { Comparison } from './compare.ts';
import type { EvalSummary, LatencySummary } from './summary.ts';

export type Verdict = 'pass' | 'failed' | 'regressed' | 'inconclusive' | 'unknown';

/** Absolute gates, as `eval.gates` in promptctl.yaml has them. */
export interface Gates {
  /** The least share of tests that must pass, 0 to 1. */
  readonly passRate?: number;
  /** The largest share of tests that may end in an error. */
  readonly errorRate?: number;
  readonly p95Ms?: number;
  /** The most an answer may cost on average, in US dollars. */
  readonly costUsd?: number;
  /** The least mean score of an evaluator, by its name, over all answers that it scored. */
  readonly means?: Readonly<Record<string, number>>;
}

/** A gate and whether it held; `value` is left out where it is a time, which only timings.json holds. */
export interface GateReport {
  readonly gate: Exclude<keyof Gates, 'means'> | 'mean';
  /** Of `mean`: whose. */
  readonly evaluator?: string;
  readonly bound: number;
  readonly value?: number;
  /** `unmeasured`: no answer was timed or scored, or a price is not known. */
  readonly answer: 'pass' | 'failed' | 'unmeasured';
}

export function gateReports(gates: Gates, summary: EvalSummary, latencies: readonly LatencySummary[]): GateReport[] {
  const ran = summary.passed + summary.failed + summary.errored;
  const p95 = latencies.find(({ side }) => side === 'new')?.p95Ms;
  const cost = summary.costUsd === undefined || ran === 0 ? undefined : summary.costUsd / ran;
  return [
    ...atLeast('passRate', gates.passRate, summary.weightedPassRate ?? summary.passRate?.rate),
    ...atMost('errorRate', gates.errorRate, ran === 0 ? undefined : summary.errored / ran),
    ...atMost('p95Ms', gates.p95Ms, p95).map(({ gate, bound, answer }): GateReport => ({ gate, bound, answer })),
    ...atMost('costUsd', gates.costUsd, cost),
    ...Object.entries(gates.means ?? {}).flatMap(([evaluator, bound]) =>
      atLeast('mean', bound, meanOf(evaluator, summary)).map((report): GateReport => ({ ...report, evaluator })),
    ),
  ];
}

function meanOf(name: string, { evaluators }: EvalSummary): number | undefined {
  const named = evaluators.filter(({ evaluator }) => evaluator === name);
  const samples = named.reduce((sum, one) => sum + one.samples, 0);
  return samples === 0 ? undefined : named.reduce((sum, one) => sum + one.mean * one.samples, 0) / samples;
}

function atLeast(gate: GateReport['gate'], bound: number | undefined, value: number | undefined): GateReport[] {
  return bound === undefined
    ? []
    : [
        value === undefined
          ? { gate, bound, answer: 'unmeasured' }
          : { gate, bound, value, answer: value >= bound ? 'pass' : 'failed' },
      ];
}

function atMost(gate: GateReport['gate'], bound: number | undefined, value: number | undefined): GateReport[] {
  return bound === undefined
    ? []
    : [
        value === undefined
          ? { gate, bound, answer: 'unmeasured' }
          : { gate, bound, value, answer: value <= bound ? 'pass' : 'failed' },
      ];
}

export interface VerdictOptions {
  readonly summary: EvalSummary;
  readonly gates: readonly GateReport[];
  /** Present with a baseline: the verdict is then about change. */
  readonly comparisons?: readonly Comparison[] | undefined;
  /** The share of errors that is still an answer. */
  readonly maxErrorRate: number;
  /** The run was cut short: by a signal, or since a batch has not answered all. */
  readonly wasInterrupted: boolean;
  /** GitHub's rule: no tests count as all passed. */
  readonly emptyPasses?: boolean | undefined;
}

/**
 * One word for a run. Too many errors leave it unknown, whatever else is known; a gate that did not hold fails it; a baseline asks for change
 * alone; without one, and without a gate on the pass rate, every test must pass. What was left out for its cost leaves it inconclusive.
 */
export function verdictOf(options: VerdictOptions): Verdict {
  const { summary, gates, comparisons, maxErrorRate, wasInterrupted, emptyPasses = false } = options;
  const { passed, failed, errored, notRun } = summary;
  const ran = passed + failed + errored;
  if (emptyPasses && ran + notRun === 0 && !wasInterrupted) return 'pass';
  if (wasInterrupted || (ran === 0 && !comparisons)) return 'unknown';
  if (errored > 0 && errored / ran > maxErrorRate) return 'unknown';
  if (gates.some(({ answer }) => answer === 'failed')) return 'failed';
  if (comparisons) {
    if (comparisons.some(({ verdict }) => verdict === 'regressed')) return 'regressed';
    return notRun > 0 || comparisons.some(({ verdict }) => verdict === 'inconclusive') ? 'inconclusive' : 'pass';
  }
  if (failed > 0 && !gates.some(({ gate }) => gate === 'passRate')) return 'failed';
  return notRun > 0 ? 'inconclusive' : 'pass';
}

/** The exit code of a verdict, by the table in docs/eval.md. */
export function exitCodeOf(verdict: Verdict, options: { readonly strictGate: boolean }): number {
  switch (verdict) {
    case 'pass':
      return 0;
    case 'inconclusive':
      return options.strictGate ? 1 : 0;
    case 'unknown':
      return 4;
    default:
      return 1;
  }
}
