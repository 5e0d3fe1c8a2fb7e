import type { Missing } from './answers.ts';
import { compare, type Comparison } from './compare.ts';
import { type GateReport, gateReports, type Gates, type Verdict, verdictOf } from './gate.ts';
import type { Outcome } from './results.ts';
import { type EvalSummary, type LatencySummary, type SideSummary, Tally } from './summary.ts';

export interface BaselineReport {
  readonly ref: string;
  readonly commit: string;
  /** Prompts whose rows all render to the same bytes in both versions. */
  readonly unchanged: readonly string[];
  /** Prompts that the old version does not have. */
  readonly added: readonly string[];
  /** Samples that the old version can't render. */
  readonly newOnly: readonly string[];
  readonly sides?: { readonly old: SideSummary; readonly new: SideSummary };
  readonly comparisons: readonly Comparison[];
}

/** What a run came to. Everything is known but the outcomes, which are read from the journal each time they are asked for. */
export interface EvalReport {
  readonly verdict: Verdict;
  readonly prompts: readonly {
    readonly id: string;
    readonly name?: string;
    readonly description?: string;
    readonly model: string;
  }[];
  readonly summary: EvalSummary;
  readonly gates: readonly GateReport[];
  readonly missing: readonly Missing[];
  /** Which part of the tests this is, where it is one. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  /** Endpoints that could not be reached, each told once. */
  readonly dead: readonly { readonly provider: string; readonly message: string }[];
  readonly baseline?: BaselineReport;
  /** What a reader must know besides, such as that a bound stopped the run. */
  readonly notes: readonly string[];
  readonly latencies: readonly LatencySummary[];
  /** What is not the same twice, for timings.json alone. */
  readonly wallMs: number;
  outcomes(): Iterable<Outcome>;
}

export interface ReportOptions extends Pick<
  EvalReport,
  'prompts' | 'missing' | 'dead' | 'notes' | 'wallMs' | 'outcomes'
> {
  readonly notRun: number;
  readonly gates: Gates;
  readonly maxErrorRate: number;
  readonly wasInterrupted: boolean;
  readonly emptyPasses?: boolean;
  readonly shard?: EvalReport['shard'];
  readonly baseline?: Omit<BaselineReport, 'sides' | 'comparisons'> | undefined;
}

/** Sums outcomes up and judges them. */
export function reportOf(options: ReportOptions): EvalReport {
  const { prompts, missing, dead, notes, wallMs, outcomes, shard, baseline, maxErrorRate, wasInterrupted } = options;
  const tally = new Tally();
  for (const outcome of outcomes()) tally.add(outcome);
  const summary = tally.summary(options.notRun);
  const latencies = tally.latencies();
  const gates = gateReports(options.gates, summary, latencies);
  const comparisons = baseline ? compare(tally.pairs()) : undefined;
  const sides = tally.sides();
  return {
    verdict: verdictOf({ summary, gates, comparisons, maxErrorRate, wasInterrupted, emptyPasses: options.emptyPasses }),
    prompts,
    summary,
    gates,
    missing,
    dead,
    notes,
    ...(shard ? { shard } : {}),
    ...(baseline && comparisons ? { baseline: { ...baseline, ...(sides ? { sides } : {}), comparisons } } : {}),
    latencies,
    wallMs,
    outcomes,
  };
}
