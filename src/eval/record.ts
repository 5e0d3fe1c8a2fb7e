import type { Completion, Fault, Usage } from '../providers/index.ts';
import type { Mark, Score } from './evaluators/index.ts';

/** Where an answer came from. */
export type Origin = 'asked' | 'cached' | 'recorded' | 'rescored';

/** A finished unit: an answer with its scores, or why there is none. */
export interface UnitRecord {
  readonly unit: number;
  readonly completion?: Completion;
  /** In the order of the prompt's evaluators; null where the row leaves one out. */
  readonly scores?: readonly (Score | null)[];
  readonly error?: UnitError;
  readonly ms?: number;
  readonly attempts?: number;
  readonly origin?: Origin;
  readonly costUsd?: number;
  /** What its judges cost, where they were asked just now. */
  readonly judgeUsd?: number;
}

export interface UnitError {
  /** `evaluator` where the answer is there and its judge failed. */
  readonly fault: Fault | 'evaluator';
  readonly message: string;
}

/** A score as the journal holds it: 1 and 0 for the two that are most of all, else score, verdict and reason. */
type ScoreJson = null | 1 | readonly [number, 0 | 1, string?, Mark?];

interface LineJson {
  readonly unit: number;
  readonly text?: string;
  readonly more?: Partial<Completion>;
  readonly scores?: readonly ScoreJson[];
  readonly usage?: readonly number[];
  readonly usd?: number;
  readonly judged?: number;
  readonly ms?: number;
  readonly attempts?: number;
  readonly from?: Origin;
  readonly error?: UnitError;
}

/** A record as one line: short, since there are many, and whole, since a run goes on from it. */
export function lineOf(record: UnitRecord): string {
  const { completion } = record;
  const line: { -readonly [K in keyof LineJson]: LineJson[K] } = { unit: record.unit };
  if (completion) {
    const { text, usage, finishReason, toolCalls, refusal } = completion;
    line.text = text;
    if (finishReason !== 'stop' || toolCalls || refusal !== undefined) {
      line.more = { finishReason, ...(toolCalls ? { toolCalls } : {}), ...(refusal === undefined ? {} : { refusal }) };
    }
    if (usage) line.usage = usageLine(usage);
  }
  if (record.scores) line.scores = record.scores.map(scoreLine);
  if (record.costUsd !== undefined) line.usd = record.costUsd;
  if (record.judgeUsd !== undefined) line.judged = record.judgeUsd;
  if (record.ms !== undefined) line.ms = Math.round(record.ms * 10) / 10;
  if (record.attempts !== undefined && record.attempts > 1) line.attempts = record.attempts;
  if (record.origin !== undefined && record.origin !== 'asked') line.from = record.origin;
  if (record.error) line.error = record.error;
  return JSON.stringify(line);
}

/** The record of a line; undefined where it is no record. */
export function recordOf(line: string): UnitRecord | undefined {
  let json: LineJson;
  try {
    json = JSON.parse(line) as LineJson;
  } catch {
    // A block that the disk lost: the unit counts as not run.
    return undefined;
  }
  if (typeof json !== 'object' || json === null || !Number.isInteger(json.unit)) return undefined;
  const usage = json.usage && usageOf(json.usage);
  return {
    unit: json.unit,
    ...(json.text === undefined
      ? {}
      : { completion: { text: json.text, finishReason: 'stop', ...json.more, ...(usage ? { usage } : {}) } }),
    ...(json.scores ? { scores: json.scores.map(scoreOf) } : {}),
    ...(json.error ? { error: json.error } : {}),
    ...(json.ms === undefined ? {} : { ms: json.ms }),
    attempts: json.attempts ?? 1,
    origin: json.from ?? 'asked',
    ...(json.usd === undefined ? {} : { costUsd: json.usd }),
    ...(json.judged === undefined ? {} : { judgeUsd: json.judged }),
  };
}

function scoreLine(score: Score | null): ScoreJson {
  if (score === null) return null;
  const { score: value, pass, reason, mark } = score;
  if (mark) return [value, pass ? 1 : 0, reason ?? '', mark];
  if (value === 1 && pass && reason === undefined) return 1;
  return reason === undefined ? [value, pass ? 1 : 0] : [value, pass ? 1 : 0, reason];
}

const PASSED: Score = { score: 1, pass: true };

function scoreOf(json: ScoreJson): Score | null {
  if (json === null) return null;
  if (json === 1) return PASSED;
  const [score, pass, reason, mark] = json;
  return { score, pass: pass === 1, ...(reason === undefined ? {} : { reason }), ...(mark ? { mark } : {}) };
}

function usageLine({
  inputTokens,
  outputTokens,
  cachedInputTokens = 0,
  cacheWriteTokens = 0,
  reasoningTokens = 0,
}: Usage): number[] {
  const all = [inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens];
  while (all.length > 2 && all.at(-1) === 0) all.pop();
  return all;
}

function usageOf([
  inputTokens = 0,
  outputTokens = 0,
  cachedInputTokens,
  cacheWriteTokens,
  reasoningTokens,
]: readonly number[]): Usage {
  return {
    inputTokens,
    outputTokens,
    ...(cachedInputTokens ? { cachedInputTokens } : {}),
    ...(cacheWriteTokens ? { cacheWriteTokens } : {}),
    ...(reasoningTokens ? { reasoningTokens } : {}),
  };
}

export type UnitStatus = 'passed' | 'failed' | 'errored';

export function statusOf({ error, scores }: UnitRecord): UnitStatus {
  if (error) return 'errored';
  return scores?.every((score) => score === null || score.pass) ? 'passed' : 'failed';
}
