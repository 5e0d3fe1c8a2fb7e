import type { ParametersJson } from './bundle.ts';
import type { RenderedMessage } from './message.ts';
import type { JsonSchema } from './schema/index.ts';

export interface RenderedTool {
  readonly name: string;
  readonly description?: string;
  readonly parameters?: JsonSchema;
}

export interface ResponseFormat {
  readonly type: 'text' | 'json_object' | 'json_schema';
  readonly name?: string;
  readonly strict?: boolean;
  readonly schema?: JsonSchema;
}

/** Which text this is: enough to find it again from a log line. */
export interface Provenance {
  readonly promptId: string;
  readonly promptVersion?: string;
  readonly contentDigest: string;
  readonly bundleVersion: string;
  readonly bundleDigest: string;
  readonly variant?: string;
}

/** A prompt with its values: what a provider's request is made of. */
export interface Rendered {
  readonly messages: readonly RenderedMessage[];
  readonly model?: string | undefined;
  readonly parameters: ParametersJson;
  readonly tools: readonly RenderedTool[];
  readonly responseFormat?: ResponseFormat | undefined;
  /** How many leading messages are the same for every value: where a provider's cache may end. */
  readonly staticMessages: number;
  readonly provenance: Provenance;
}
