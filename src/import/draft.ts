import type { JsonObject, JsonValue } from '../model/index.ts';
import type { Role, Segment } from '../runtime/index.ts';

/**
 * What the reader is told beside the converted file: `trust`, a variable that its author trusts; `fence`, a fence left out so that
 * the bytes are the same; `lost`, what is not carried over; `changed`, what is carried over in another form.
 */
export interface Note {
  readonly kind: 'trust' | 'fence' | 'lost' | 'changed';
  readonly message: string;
  /** UTF-16 offset into the original. */
  readonly offset: number;
}

export type DraftMessage =
  | { readonly role: Role; readonly segments: readonly Segment[]; readonly offset: number }
  | { readonly history: string; readonly offset: number };

export interface DraftVariable {
  /** JSON Schema, without the keys of promptctl. */
  readonly schema: JsonObject;
  readonly default?: JsonValue;
  readonly optional?: boolean;
}

/** What a prompt says in any format: messages as the segments that the runtime renders, and what stands around them. */
export interface Draft {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly model?: string | undefined;
  readonly modelParameters: JsonObject;
  readonly variables: ReadonlyMap<string, DraftVariable>;
  readonly messages: readonly DraftMessage[];
  readonly variants?: ReadonlyMap<string, DraftVariant>;
  readonly responseFormat?: 'text' | 'json_object' | 'json_schema' | undefined;
  readonly jsonSchema?: JsonValue | undefined;
  readonly tools?: readonly JsonObject[];
  readonly metadata?: JsonObject;
  readonly testData?: readonly JsonObject[];
  readonly evaluators?: readonly JsonValue[];
  readonly notes: readonly Note[];
}

export interface DraftVariant {
  readonly model?: string | undefined;
  readonly modelParameters: JsonObject;
  readonly messages: readonly DraftMessage[];
}
