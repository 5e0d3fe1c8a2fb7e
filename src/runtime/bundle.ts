import type { Segment, Trust } from './segments.ts';

/** The bundle as JSON: what `promptctl compile` writes and any language may load. docs/bundle.md describes each member. */
export interface BundleJson {
  readonly schema: 'promptctl.bundle/1';
  readonly version: string;
  /** `sha256/1:` and 64 hex digits, over the list of prompt ids, versions and content digests, and the experiments. */
  readonly digest: string;
  readonly prompts: Readonly<Record<string, PromptJson>>;
  /** Experiments by key, as their files say them; absent where there is none. */
  readonly experiments?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PromptJson extends PromptBodyJson {
  readonly id: string;
  readonly version?: string;
  readonly mode: 'strict' | 'github';
  readonly stability: 'experimental' | 'stable' | 'deprecated';
  readonly aliases: readonly string[];
  readonly contentDigest: string;
  readonly contractDigest: string;
  readonly variables: Readonly<Record<string, VariableJson>>;
  readonly responseFormat?: ResponseFormatJson;
  readonly tools: readonly ToolJson[];
  readonly budget?: BudgetJson;
  /** What the file says of `security`, `context`, `conversation` and `cascade`, each as JSON text. */
  readonly policies: Readonly<Record<string, string>>;
  readonly tokens?: StaticTokensJson;
  readonly variants: Readonly<Record<string, Partial<PromptBodyJson>>>;
}

/** What a variant may replace. */
export interface PromptBodyJson {
  readonly model?: string;
  readonly parameters: ParametersJson;
  readonly messages: readonly MessageJson[];
  readonly examples: readonly ExampleJson[];
}

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

export type MessageJson =
  | { readonly role: Role; readonly segments: readonly Segment[] }
  | { readonly history: string; readonly maxTurns?: number; readonly maxTokens?: number };

/** A few-shot pair: `input` is JSON text of the variables, `output` the assistant's text. */
export interface ExampleJson {
  readonly input: string;
  readonly output: string;
}

export interface VariableJson {
  readonly trust: Trust;
  readonly required: boolean;
  /** JSON text of the schema, in source order. */
  readonly schema: string;
  /** JSON text of the default. */
  readonly default?: string;
  readonly maxTokens?: number;
}

/** Sampling parameters as the prompt file spells them. */
export interface ParametersJson {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly stop?: string | readonly string[];
  readonly seed?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly reasoningEffort?: string;
}

export interface ResponseFormatJson {
  readonly type: 'text' | 'json_object' | 'json_schema';
  readonly name?: string;
  readonly strict?: boolean;
  /** JSON text of the schema, in source order: providers write members in that order. */
  readonly schema?: string;
}

export interface ToolJson {
  readonly name: string;
  readonly description?: string;
  /** JSON text of the arguments' schema. */
  readonly parameters?: string;
  readonly optional?: boolean;
  readonly effect?: 'read' | 'write' | 'egress' | 'exec';
  readonly approval?: 'auto' | 'confirm' | 'deny';
}

export interface BudgetJson {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
  readonly latencyMs?: number;
}

/** Tokens of the text segments, a list a message. Not additive under BPE: never sum them as exact. */
export interface StaticTokensJson {
  readonly encoding: string;
  readonly kind: 'exact' | 'estimate';
  readonly messages: readonly (readonly number[])[];
}
