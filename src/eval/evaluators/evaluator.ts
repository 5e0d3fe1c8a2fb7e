import type { SentenceEmbedder, TokenEmbedder } from '../../metrics/index.ts';
import type { JsonObject, JsonValue } from '../../model/index.ts';
import type { Completion, CompletionRequest, EmbeddingLevel } from '../../providers/index.ts';
import type { Options, OptionSpecs } from './options.ts';

export interface Score {
  /** In the metric's own unit: 0 to 1 but where the evaluator says otherwise. */
  readonly score: number;
  readonly pass: boolean;
  /** Why it did not pass, or what it rests on; no times and no attempts. */
  readonly reason?: string;
  /** A judge's doubt: verdicts on both sides of the threshold, or one that the order of two answers decided. */
  readonly mark?: Mark;
}

export type Mark = 'borderline' | 'flipped';

/** One answer, as an evaluator sees it. */
export interface Sample {
  readonly output: string;
  readonly completion: Completion;
  /** The row's variables and whatever else it holds, `expected` most of all. */
  readonly fields: JsonObject;
  /** What the model was asked, for judges. */
  readonly input: string;
  /** Absent where the answer was recorded or cached. */
  readonly ms?: number;
  /** Absent where the model's price is not known. */
  readonly costUsd?: number;
  /** Asks a model about this answer. Repeats count from 0, so that each has an answer of its own. */
  ask(request: JudgeRequest, repeat?: number): Promise<Completion>;
  /** Vectors from the backend of promptctl.yaml; only where `canEmbed` said that there is one. */
  embed(texts: readonly string[]): ReturnType<SentenceEmbedder>;
  embedTokens(texts: readonly string[]): ReturnType<TokenEmbedder>;
}

export type JudgeRequest = Omit<CompletionRequest, 'model'> & {
  /** `publisher/model`. */
  readonly model: string;
};

export type Scorer = (sample: Sample) => Score | Promise<Score>;

/** What an evaluator may use besides the answer. */
export interface EvaluatorContext {
  /** The evaluator's name in the prompt file. */
  readonly name: string;
  /** The prompt's own output schema. */
  readonly outputSchema?: JsonValue;
  /** The model that judges where the evaluator names none. */
  readonly judgeModel?: string | undefined;
  /** Whether promptctl.yaml names a backend for vectors. @throws PromptctlError for one that gives none. */
  readonly canEmbed: (level: EmbeddingLevel) => boolean;
  readonly allowExec: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** What relative paths start from. */
  readonly directory: string;
  /** GitHub's rules, flaws and all. */
  readonly githubExact: boolean;
}

export type Family = 'text' | 'structure' | 'reference' | 'meaning' | 'judge' | 'cost' | 'custom' | 'github';

/** An evaluator's entry in the registry, which is its documentation as well. */
export interface EvaluatorKind {
  /** As written after `uses: promptctl/`. */
  readonly id: string;
  readonly family: Family;
  /** Grows whenever the same answer may score differently. */
  readonly version: number;
  readonly summary: string;
  readonly options: OptionSpecs;
  /** @throws PromptctlError where the options do not fit together. */
  create(options: Options, context: EvaluatorContext): Scorer;
}

/** An evaluator that could not reach a verdict: the sample is errored, neither passed nor failed. */
export class EvaluatorError extends Error {
  override readonly name = 'EvaluatorError';
}

export function verdict(pass: boolean, reason: string): Score {
  return pass ? PASSED : { score: 0, pass, reason };
}

const PASSED: Score = { score: 1, pass: true };

/** A graded score against its threshold. */
export function graded(score: number, threshold: number, reason?: string): Score {
  const pass = score >= threshold;
  const why = reason ?? (pass ? undefined : `${rounded(score)} is under ${threshold}`);
  return { score, pass, ...(why === undefined ? {} : { reason: why }) };
}

export function rounded(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** The beginning of a text, for a reason. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}...` : text);
}
