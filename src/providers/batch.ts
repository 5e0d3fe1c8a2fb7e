import type { ProviderError } from './error.ts';
import type { CallOptions, Completion, CompletionRequest } from './completion.ts';

/**
 * A provider's batch API: many requests handed in at once and answered within a day, for less. Every call is one attempt and rejects
 * with a ProviderError; of all of them only `submit` must not be made twice.
 */
export interface Batching {
  /** What a batch costs of the price of the same requests, one by one. */
  readonly priceShare: number;
  readonly most: { readonly requests: number; readonly bytes: number };
  /** One request as a line of JSON. */
  line(customId: string, request: CompletionRequest): string;
  /** Sends the lines ahead, where the API takes them as a file; gives the file's id. */
  upload?(lines: Buffer, call: CallOptions): Promise<string>;
  /** Begins a batch and gives its id. */
  submit(input: BatchInput, call: CallOptions): Promise<string>;
  /** Batches that `submit` may have begun before its answer was lost. Whether one is ours, its custom ids tell. */
  find(input: SubmittedInput, call: CallOptions): Promise<readonly string[]>;
  look(id: string, call: CallOptions): Promise<BatchLook>;
  /** Tells each result of a batch that ended, in whatever order they come. */
  results(look: BatchLook, call: CallOptions, onResult: (result: BatchResult) => void): Promise<void>;
}

export interface BatchInput {
  readonly lines: Buffer;
  /** What `upload` gave. */
  readonly file?: string | undefined;
}

export interface SubmittedInput {
  readonly requests: number;
  readonly file?: string | undefined;
  /** When it was submitted, by our clock, in milliseconds since 1970. */
  readonly sinceMs: number;
}

export interface BatchLook {
  /** In the API's own word. */
  readonly status: string;
  readonly isEnded: boolean;
  /** How many of its requests are answered; undefined where the API does not say. */
  readonly done?: number | undefined;
  /** Why it was refused as a whole. */
  readonly refusal?: string | undefined;
  /** Where its results are, below the base URL. */
  readonly results: readonly string[];
}

/** What became of one request. Without an answer and without an error it was never run: the batch expired, or was cancelled. */
export interface BatchResult {
  readonly customId: string;
  readonly completion?: Completion;
  readonly error?: ProviderError;
}
