import { clusteredInterval, type Interval, wilson } from '../metrics/stats/index.ts';
import type { Pairs } from './compare.ts';
import type { AnswerResult, Outcome, Timing } from './results.ts';

export interface EvaluatorSummary {
  readonly promptId: string;
  readonly evaluator: string;
  readonly samples: number;
  readonly passed: number;
  readonly mean: number;
  /** Judges only: how many verdicts were split, and how many the order of the answers decided. */
  readonly borderline?: number;
  readonly flipped?: number;
}

/** What one version of the prompts came to, over the samples that have both. */
export interface SideSummary {
  readonly passRate: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Absent where a price is not known. */
  readonly costUsd?: number;
}

export interface EvalSummary {
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly notRun: number;
  /** Of the samples that have a verdict, with a 95 % interval: Wilson's, or by clusters where rows name them. */
  readonly passRate?: { readonly rate: number; readonly interval: Interval; readonly clusters?: number };
  /** Where rows carry weights. */
  readonly weightedPassRate?: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of all answers, whether they were paid for now or before; absent where a price is not known. */
  readonly costUsd?: number;
  readonly evaluators: readonly EvaluatorSummary[];
}

export interface LatencySummary {
  readonly side: 'new' | 'old';
  readonly answers: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** What the outcomes of a run come to, taken in one by one. */
export class Tally {
  readonly #counts = { passed: 0, failed: 0, errored: 0 };
  readonly #passes: number[] = [];
  /** Of each verdict; a row that names none is a cluster of its own, by its place. */
  readonly #clusters: (string | number)[] = [];
  #isClustered = false;
  #weight = 0;
  #passedWeight = 0;
  #isWeighted = false;
  readonly #evaluators = new Map<
    string,
    {
      promptId: string;
      evaluator: string;
      samples: number;
      passed: number;
      sum: number;
      borderline: number;
      flipped: number;
    }
  >();
  readonly #all = new Spending();
  readonly #paired = { old: new Spending(), new: new Spending() };
  readonly #latencies: Record<Timing['side'], number[]> = { new: [], old: [] };
  readonly #pairs = new Map<string, { before: number[]; now: number[]; clusters: (string | number)[] }>();

  add({ result, before, timings }: Outcome): void {
    this.#counts[result.status]++;
    this.#all.add(result);
    for (const { side, ms } of timings) if (ms !== undefined) this.#latencies[side].push(ms);
    if (result.status === 'errored') return;
    const cluster = result.cluster ?? this.#passes.length;
    if (result.cluster !== undefined) this.#isClustered = true;
    const weight = result.weight ?? 1;
    if (weight !== 1) this.#isWeighted = true;
    const passed = result.status === 'passed' ? 1 : 0;
    this.#passes.push(passed);
    this.#clusters.push(cluster);
    this.#weight += weight;
    this.#passedWeight += passed * weight;
    this.#addScores(result.promptId, result);
    if (before && before.status !== 'errored') this.#addPair(before, result, cluster);
  }

  summary(notRun: number): EvalSummary {
    const { passed, failed, errored } = this.#counts;
    return {
      total: passed + failed + errored + notRun,
      passed,
      failed,
      errored,
      notRun,
      ...(this.#passes.length === 0 ? {} : { passRate: this.#passRate() }),
      ...(this.#isWeighted && this.#weight > 0 ? { weightedPassRate: this.#passedWeight / this.#weight } : {}),
      ...this.#all.sums(),
      evaluators: [...this.#evaluators.values()].map(({ sum, borderline, flipped, ...summary }) => ({
        ...summary,
        mean: sum / summary.samples,
        ...(borderline > 0 ? { borderline } : {}),
        ...(flipped > 0 ? { flipped } : {}),
      })),
    };
  }

  /** Of the answers that were asked just now; empty where all were recorded. */
  latencies(): LatencySummary[] {
    return (['new', 'old'] as const).flatMap((side) => {
      const sorted = Float64Array.from(this.#latencies[side]).sort();
      return sorted.length === 0
        ? []
        : [{ side, answers: sorted.length, p50Ms: rank(sorted, 0.5), p95Ms: rank(sorted, 0.95) }];
    });
  }

  /** The measures that both versions have: the pass rate, and each evaluator whose scores are more than yes and no. */
  pairs(): Pairs[] {
    return [...this.#pairs]
      .filter(
        ([measure, { before, now }]) =>
          measure === PASS_RATE || [...before, ...now].some((score) => score !== 0 && score !== 1),
      )
      .map(([measure, { before, now, clusters }]) => ({
        measure,
        before,
        now,
        ...(this.#isClustered ? { clusters } : {}),
      }));
  }

  sides(): { readonly old: SideSummary; readonly new: SideSummary } | undefined {
    const pairs = this.#pairs.get(PASS_RATE);
    if (!pairs) return undefined;
    return { old: sideOf(pairs.before, this.#paired.old), new: sideOf(pairs.now, this.#paired.new) };
  }

  #passRate(): NonNullable<EvalSummary['passRate']> {
    const rate = meanOf(this.#passes);
    const clusters = new Set(this.#isClustered ? this.#clusters : []).size;
    if (clusters > 1) {
      const { low, high } = clusteredInterval(this.#passes, this.#clusters);
      return { rate, interval: { low: Math.max(0, low), high: Math.min(1, high) }, clusters };
    }
    return {
      rate,
      interval: wilson(
        this.#passes.reduce((sum, pass) => sum + pass, 0),
        this.#passes.length,
      ),
    };
  }

  #addScores(promptId: string, { scores = {}, failed = [], marks = {} }: AnswerResult): void {
    for (const evaluator in scores) {
      const key = `${promptId}\n${evaluator}`;
      let summary = this.#evaluators.get(key);
      if (!summary)
        this.#evaluators.set(
          key,
          (summary = { promptId, evaluator, samples: 0, passed: 0, sum: 0, borderline: 0, flipped: 0 }),
        );
      summary.samples++;
      summary.sum += scores[evaluator]!;
      if (!failed.includes(evaluator)) summary.passed++;
      const mark = marks[evaluator];
      if (mark) summary[mark]++;
    }
  }

  #addPair(before: Outcome['before'] & object, now: Outcome['result'], cluster: string | number): void {
    this.#paired.old.add(before);
    this.#paired.new.add(now);
    this.#pair(PASS_RATE, passShare(before), passShare(now), cluster);
    for (const evaluator in before.scores) {
      const score = now.scores?.[evaluator];
      if (score !== undefined) this.#pair(evaluator, before.scores[evaluator]!, score, cluster);
    }
  }

  #pair(measure: string, before: number, now: number, cluster: string | number): void {
    let pairs = this.#pairs.get(measure);
    if (!pairs) this.#pairs.set(measure, (pairs = { before: [], now: [], clusters: [] }));
    pairs.before.push(before);
    pairs.now.push(now);
    pairs.clusters.push(cluster);
  }
}

function sideOf(passes: readonly number[], spending: Spending): SideSummary {
  return { passRate: meanOf(passes), ...spending.sums() };
}

const PASS_RATE = 'pass rate';

function passShare({ status, passShare: share }: { readonly status: string; readonly passShare?: number }): number {
  return share ?? (status === 'passed' ? 1 : 0);
}

/** Tokens and dollars of some answers. */
class Spending {
  #inputTokens = 0;
  #outputTokens = 0;
  #costUsd = 0;
  #isPriced = true;

  add(answer: AnswerResult & { readonly epochs?: readonly AnswerResult[] }): void {
    for (const { usage, costUsd, status } of answer.epochs ?? [answer]) {
      this.#inputTokens += usage?.inputTokens ?? 0;
      this.#outputTokens += usage?.outputTokens ?? 0;
      this.#costUsd += costUsd ?? 0;
      // One answer without a price, and the sum would be too small.
      if (costUsd === undefined && status !== 'errored') this.#isPriced = false;
    }
  }

  sums(): { readonly inputTokens: number; readonly outputTokens: number; readonly costUsd?: number } {
    const tokens = { inputTokens: this.#inputTokens, outputTokens: this.#outputTokens };
    return this.#isPriced ? { ...tokens, costUsd: Number(this.#costUsd.toFixed(10)) } : tokens;
  }
}

/** The nearest-rank percentile: a time that was really measured. */
function rank(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
