import type { JsonObject } from '../model/index.ts';
import type { Completion, ToolCall, Usage } from '../providers/index.ts';
import type { Mark } from './evaluators/index.ts';
import { idAt, type PlannedPrompt, rowAt, unitOf } from './plan.ts';
import { statusOf, type UnitRecord, type UnitStatus } from './record.ts';
import { type Reducer, reducePasses, reduceScores } from './reduce.ts';
import type { Run } from './run.ts';

/** What one answer came to. */
export interface AnswerResult {
  readonly status: UnitStatus;
  readonly output?: string;
  readonly finishReason?: Completion['finishReason'];
  readonly toolCalls?: readonly ToolCall[];
  readonly refusal?: string;
  /** By evaluator; one that does not judge this row is left out. */
  readonly scores?: Readonly<Record<string, number>>;
  /** The evaluators that it did not pass. */
  readonly failed?: readonly string[];
  readonly reasons?: Readonly<Record<string, string>>;
  /** Where a judge was in doubt. */
  readonly marks?: Readonly<Record<string, Mark>>;
  readonly error?: string;
  readonly usage?: Usage;
  readonly costUsd?: number;
}

/** One test's result: with several epochs, what they were reduced to and each of them. */
export interface SampleResult extends AnswerResult {
  readonly id: string;
  readonly promptId: string;
  readonly name: string;
  readonly tags?: readonly string[];
  readonly cluster?: string;
  readonly weight?: number;
  /** Several epochs only: the share of passing that the reducer found. */
  readonly passShare?: number;
  readonly epochs?: readonly AnswerResult[];
}

/** One test's outcome, with its old version's where there is a baseline, and what only timings.json holds. */
export interface Outcome {
  readonly result: SampleResult;
  readonly before?: AnswerResult & { readonly passShare?: number };
  readonly timings: readonly Timing[];
  /** The row's own values; absent where the outcome was read from a file. */
  readonly fields?: JsonObject;
}

export interface Timing {
  readonly side: 'new' | 'old';
  readonly epoch: number;
  readonly ms?: number;
  readonly attempts: number;
  readonly origin: string;
}

/** The outcomes of all samples that ran, in the order of the plan, read back from the journal one by one. */
export function* outcomesOf(run: Run, reducer: Reducer): Iterable<Outcome> {
  const { plan } = run;
  for (const planned of plan.prompts) {
    const names = run.namesOf(planned);
    for (let at = 0; at < planned.rows.length; at++) {
      const records = recordsOf(run, planned, at, false);
      const row = rowAt(planned, at);
      if (records.length < plan.epochs) continue;
      const old = planned.sides === 2 && !planned.newOnly.has(at) ? recordsOf(run, planned, at, true) : [];
      const answer = reduced(records, names, reducer);
      yield {
        fields: row.fields,
        result: {
          id: idAt(planned, at),
          promptId: planned.prompt.id,
          name: row.name,
          ...answer,
          ...(row.tags.length > 0 ? { tags: row.tags } : {}),
          ...(row.cluster === undefined ? {} : { cluster: row.cluster }),
          ...(row.weight === 1 ? {} : { weight: row.weight }),
        },
        ...(old.length === plan.epochs ? { before: reduced(old, names, reducer) } : {}),
        timings: [
          ...records.map((record, epoch) => timingOf(record, epoch, 'new')),
          ...old.map((record, epoch) => timingOf(record, epoch, 'old')),
        ],
      };
    }
  }
}

/** UTF-16 units, as JSON, of what stays in memory for whatever else is written of a run. */
const MOST_KEPT = 4_000_000;

/** The same outcomes each time; read from the journal once where they are small. */
export function readBackOnce(read: () => Iterable<Outcome>): () => Iterable<Outcome> {
  let kept: readonly Outcome[] | undefined;
  return () => kept ?? keeping(read(), (outcomes) => (kept = outcomes));
}

function* keeping(outcomes: Iterable<Outcome>, keep: (outcomes: readonly Outcome[]) => void): Iterable<Outcome> {
  let seen: Outcome[] | undefined = [];
  let room = MOST_KEPT;
  for (const outcome of outcomes) {
    yield outcome;
    if (!seen) continue;
    room -= JSON.stringify(outcome).length;
    if (room < 0) seen = undefined;
    else seen.push(outcome);
  }
  if (seen) keep(seen);
}

/** How many samples have no result, since some answer of theirs is not there. */
export function countNotRun(run: Run): number {
  let missing = 0;
  for (const planned of run.plan.prompts) {
    for (let at = 0; at < planned.rows.length; at++) if (!isWhole(run, planned, at)) missing++;
  }
  return missing;
}

function isWhole(run: Run, planned: PlannedPrompt, at: number): boolean {
  for (let epoch = 0; epoch < run.plan.epochs; epoch++)
    if (!run.hasRun(unitOf(run.plan, planned, at, epoch, false))) return false;
  return true;
}

function recordsOf(run: Run, planned: PlannedPrompt, at: number, isBefore: boolean): UnitRecord[] {
  const records: UnitRecord[] = [];
  for (let epoch = 0; epoch < run.plan.epochs; epoch++) {
    const record = run.recordAt(unitOf(run.plan, planned, at, epoch, isBefore));
    if (record) records.push(record);
  }
  return records;
}

function reduced(
  records: readonly UnitRecord[],
  names: readonly string[],
  reducer: Reducer,
): AnswerResult & { readonly passShare?: number; readonly epochs?: readonly AnswerResult[] } {
  const epochs = records.map((record) => resultOf(record, names));
  if (epochs.length === 1) return epochs[0]!;
  const answered = epochs.filter(({ status }) => status !== 'errored');
  if (answered.length === 0) return { status: 'errored', error: epochs[0]!.error!, epochs };
  const passShare = reducePasses(
    answered.map(({ status }) => status === 'passed'),
    reducer,
  );
  const scores = Object.fromEntries(
    names.flatMap((name) => {
      const given = answered.flatMap((epoch) => epoch.scores?.[name] ?? []);
      return given.length === 0 ? [] : [[name, reduceScores(given, reducer)]];
    }),
  );
  const paid = epochs.flatMap(({ costUsd }) => costUsd ?? []);
  return {
    status: passShare >= 0.5 ? 'passed' : 'failed',
    scores,
    passShare,
    ...(paid.length === 0 ? {} : { costUsd: paid.reduce((sum, usd) => sum + usd, 0) }),
    epochs,
  };
}

function resultOf(record: UnitRecord, names: readonly string[]): AnswerResult {
  const { completion, scores, error, costUsd } = record;
  const result: { -readonly [K in keyof AnswerResult]: AnswerResult[K] } = { status: statusOf(record) };
  if (error) result.error = error.message;
  if (completion) {
    result.output = completion.text;
    if (completion.finishReason !== 'stop') result.finishReason = completion.finishReason;
    if (completion.toolCalls) result.toolCalls = completion.toolCalls;
    if (completion.refusal !== undefined) result.refusal = completion.refusal;
    if (completion.usage) result.usage = completion.usage;
  }
  if (costUsd !== undefined) result.costUsd = costUsd;
  if (!scores) return result;
  const scoreByName: Record<string, number> = {};
  const reasons: Record<string, string> = {};
  const failed: string[] = [];
  const marks: Record<string, Mark> = {};
  for (const [at, score] of scores.entries()) {
    if (score === null) continue;
    const name = names[at]!;
    scoreByName[name] = score.score;
    if (!score.pass) failed.push(name);
    if (score.reason !== undefined) reasons[name] = score.reason;
    if (score.mark) marks[name] = score.mark;
  }
  result.scores = scoreByName;
  if (failed.length > 0) result.failed = failed;
  if (Object.keys(reasons).length > 0) result.reasons = reasons;
  if (Object.keys(marks).length > 0) result.marks = marks;
  return result;
}

function timingOf({ ms, attempts = 1, origin = 'asked' }: UnitRecord, epoch: number, side: Timing['side']): Timing {
  return { side, epoch, ...(ms === undefined ? {} : { ms }), attempts, origin };
}
