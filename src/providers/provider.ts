import type { Batching } from './batch.ts';
import type { CallOptions, Completion, CompletionRequest } from './completion.ts';

export type { CallOptions, Completion, CompletionRequest, FinishReason, ToolCall, Usage } from './completion.ts';

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
