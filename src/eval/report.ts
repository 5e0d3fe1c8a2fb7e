import type { Missing } from './answers.ts';
import type { Comparison } from './compare.ts';
import type { GateReport, Verdict } from './gate.ts';
import type { Outcome } from './results.ts';
import type { EvalSummary, LatencySummary, SideSummary } from './summary.ts';

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
  /** Endpoints that could not be reached, each told once. */
  readonly dead: readonly { readonly provider: string; readonly message: string }[];
  readonly baseline?: BaselineReport;
  /** True where judges were not calibrated well enough to gate, or a bound stopped the run: what a reader must know. */
  readonly notes: readonly string[];
  readonly latencies: readonly LatencySummary[];
  /** What is not the same twice, for timings.json alone. */
  readonly wallMs: number;
  outcomes(): Iterable<Outcome>;
}
