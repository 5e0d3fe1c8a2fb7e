/**
 * A JSON Schema of the dialects the runtime reads (draft-07 and 2020-12), as it comes out of a prompt file or a bundle.
 * Which keywords are checked depends on the subset: see `unsupportedKeywords`.
 */
export interface JsonSchema {
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema | boolean>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema | boolean | readonly (JsonSchema | boolean)[];
  readonly description?: string;
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

export type JsonType = 'null' | 'boolean' | 'string' | 'number' | 'integer' | 'array' | 'object';

export type JsonObject = Readonly<Record<string, unknown>>;

/** True for what JSON calls an object: neither null nor a list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
