import type { Rendered } from '../runtime/index.ts';
import type { Batching } from './batch.ts';
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

/**
 * One attempt at one answer. A provider never retries and never waits: the limiter does.
 *
 * `complete` rejects with a ProviderError and nothing else; its message never holds the key.
 */
export interface Provider {
  readonly kind: string;
  /** Where it asks, without credentials or query; empty for a provider without a network. Part of the cache key. */
  readonly baseUrl: string;
  complete(request: CompletionRequest, options: CallOptions): Promise<Completion>;
  /** Its batch API; absent where it has none. */
  readonly batching?: Batching;
  /** Lets go of sockets and processes. */
  close(): Promise<void>;
}

/** A provider as promptctl.yaml declares it. */
export interface ProviderConfig {
  readonly kind: string;
  readonly baseUrl?: string;
  readonly apiKeyEnv?: string;
  readonly stream?: boolean;
  /** Which of OpenAI's APIs; `chat` where absent. */
  readonly api?: 'chat' | 'responses';
  /** For `exec`: the program and its arguments, never a shell line. */
  readonly command?: readonly string[];
  /** For `module`: the file, which exports `complete(request)`. */
  readonly module?: string;
  /** Most connections at once, which the engine knows and nobody configures. */
  readonly connections?: number | undefined;
}
