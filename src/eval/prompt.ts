import type { EvaluatorSpec, JsonValue } from '../model/index.ts';
import type { CompletionRequest, Usage } from '../providers/index.ts';
import type { Rendered } from '../runtime/index.ts';
import type { Asker } from './ask.ts';
import type { Row, Rows } from './rows/index.ts';

/** Where a model's requests go. */
export interface Route {
  readonly asker: Asker;
  /** The model's name as the endpoint knows it. */
  readonly model: string;
  /** US dollars of what was used; undefined where the price is not known. */
  costUsd(usage: Usage): number | undefined;
  /** The most that a request could cost; undefined where the price is not known. */
  worstCaseUsd(request: CompletionRequest): number | undefined;
  /** The most tokens that its answer can have. */
  mostOutputTokens(request: CompletionRequest): number;
}

/** One version of a prompt, ready to ask. */
export interface PromptSide {
  /** @throws PromptError where the row does not fit the prompt. */
  render(row: Row): Rendered;
  readonly route: Route;
}

/** A prompt to evaluate: its tests, its evaluators and, with a baseline, its older self. */
export interface EvalPrompt {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  /** As written in the file. */
  readonly model: string;
  readonly rows: Rows;
  readonly evaluators: readonly EvaluatorSpec[];
  /** The schema of its output, where it has one. */
  readonly outputSchema?: JsonValue;
  /** The folder of its file: what its evaluators' paths start from. */
  readonly directory: string;
  readonly now: PromptSide;
  readonly before?: PromptSide;
}
