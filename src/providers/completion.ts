import type { Rendered } from '../runtime/index.ts';
import type { RateLimits } from './limits.ts';

/** What a provider is asked: a rendered prompt, with the model's name as the endpoint knows it. */
export type CompletionRequest = Pick<Rendered, 'messages' | 'parameters' | 'tools' | 'responseFormat'> & {
  readonly model: string;
};

export interface ToolCall {
  readonly name: string;
  /** JSON text as the model wrote it; it may be no valid JSON. */
  readonly arguments: string;
  readonly id?: string;
}

/** Tokens as billed. `inputTokens` includes what was read from or written to a cache; `outputTokens` includes reasoning. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly reasoningTokens?: number;
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'other';

/** One answer, in the same words for every provider. */
export interface Completion {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly toolCalls?: readonly ToolCall[];
  /** The model's own words where it declined to answer. */
  readonly refusal?: string;
  readonly usage?: Usage;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  /** For one attempt: connect, headers and body together. */
  readonly timeoutMs: number;
  /** Told what the answer's headers say of the endpoint's limits, whether the attempt succeeds or fails. */
  readonly onLimits?: (limits: RateLimits) => void;
}
