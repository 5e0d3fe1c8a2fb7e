import type {
  BudgetJson,
  ParametersJson,
  ResponseFormatJson,
  Role,
  Segment,
  ToolJson,
  Trust,
} from '../runtime/index.ts';
import type { JsonValue } from './json.ts';

/** A prompt file's meaning: what its YAML says, with every template parsed. What is wrongly typed is absent here and a finding elsewhere. */
export interface Prompt {
  readonly file: string;
  readonly id: string;
  readonly mode: 'strict' | 'github';
  readonly name?: string;
  readonly description?: string;
  readonly version?: string;
  readonly stability: 'experimental' | 'stable' | 'deprecated';
  readonly aliases: readonly string[];
  readonly model?: string;
  readonly parameters: ParametersJson;
  readonly technique?: string;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly messages: readonly Message[];
  readonly examples: readonly Example[];
  readonly variants: ReadonlyMap<string, Variant>;
  readonly responseFormat?: ResponseFormatJson;
  readonly tools: readonly ToolJson[];
  readonly budget?: BudgetJson;
  /** `security`, `context`, `conversation` and `cascade` as written. */
  readonly policies: ReadonlyMap<string, JsonValue>;
  readonly waivers: readonly JsonValue[];
  readonly metadata: { readonly owners: readonly string[]; readonly tags: readonly string[] };
  /** `tests:` as written, relative to the file. */
  readonly testsFile?: string;
  readonly testData: readonly TestRow[];
  readonly evaluators: readonly EvaluatorSpec[];
  /** Every variable a template reads, with the places that read it. */
  readonly reads: readonly Read[];
}

export interface Variable {
  readonly name: string;
  readonly schema: JsonValue;
  readonly trust: Trust;
  readonly required: boolean;
  readonly default?: JsonValue;
  readonly maxTokens?: number;
  /** False where the author wrote `fence: none`. */
  readonly fenced: boolean;
  /** JSON pointer of the declaration; absent where github mode infers the variable from its placeholder. */
  readonly pointer?: string;
}

export type Message =
  | { readonly role: Role; readonly text: string; readonly segments: readonly Segment[]; readonly pointer: string }
  | { readonly history: string; readonly maxTurns?: number; readonly maxTokens?: number; readonly pointer: string };

export interface Example {
  readonly input: Readonly<Record<string, JsonValue>>;
  readonly output: string;
  readonly pointer: string;
}

export interface Variant {
  readonly model?: string;
  readonly parameters?: ParametersJson;
  readonly messages?: readonly Message[];
  readonly examples?: readonly Example[];
}

/** One row of test data: variables, and our own keys, which begin with `$`. */
export interface TestRow {
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly pointer: string;
}

/** An evaluator as written: GitHub's `string` and `llm`, or `uses` with `with`. */
export interface EvaluatorSpec {
  readonly name?: string;
  readonly uses?: string;
  readonly spec: Readonly<Record<string, JsonValue>>;
  readonly pointer: string;
}

/** A template reads a variable: UTF-16 offsets into `file`. */
export interface Read {
  readonly variable: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
  /** JSON pointer of the message in the prompt file. */
  readonly pointer: string;
}
