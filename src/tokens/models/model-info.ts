import type { Encoding } from '../bpe/index.ts';
import type { EstimateFamily } from '../estimate/index.ts';
import type { Price } from '../prices/index.ts';

/** Who made a model, and so whose request format, chat template and cache it has, whoever serves it. */
export type Provider =
  | 'openai'
  | 'anthropic'
  | 'google'
  | 'meta'
  | 'mistral'
  | 'deepseek'
  | 'xai'
  | 'cohere'
  | 'qwen'
  | 'microsoft'
  | 'amazon'
  | 'ai21'
  | 'core42'
  | 'moonshot'
  | 'minimax'
  | 'zai'
  | 'other';

/** The day a model stops, or stopped, answering; it may lie ahead. The maker's own API: hosts keep their own dates. */
export interface Retirement {
  /** As `2026-10-23`. */
  readonly date: string;
  readonly source: string;
}

/** What is known of a model. A field that is missing is not known. */
export interface ModelInfo {
  /** `publisher/name`, in GitHub Models' spelling of the publisher. */
  readonly id: string;
  /** Who serves it and whose price it is: openai, microsoft, amazon, groq, ... */
  readonly publisher: string;
  readonly name: string;
  readonly provider: Provider;
  /** The encoding that counts its text exactly; missing where the tokenizer is not published as an OpenAI encoding. */
  readonly encoding?: Encoding;
  /** The formula that estimates its tokens, where `encoding` is missing. */
  readonly estimate?: EstimateFamily;
  /** Tokens of input and output together. */
  readonly contextWindow?: number;
  /** Most tokens of one answer. */
  readonly maxOutput?: number;
  /** US dollars per million tokens. */
  readonly price?: Price;
  /** The day the price, or its absence, is of. */
  readonly priceDate: string;
  readonly retired?: Retirement;
  /** Its name stands for whatever is newest, so its answers may change without a change of the prompt. */
  readonly floatingAlias: boolean;
  /** It thinks before it answers without being told to. */
  readonly reasoning: boolean;
}
