import type { BundleJson, ExampleJson, MessageJson, PromptBodyJson, PromptJson } from './bundle.ts';
import { PromptError } from './errors.ts';
import { nearest } from './nearest.ts';
import type { Rendered, ResponseFormat } from './rendered.ts';
import type { Values } from './render-segments.ts';
import type { JsonSchema } from './schema/index.ts';
import { type Segment, someSegment } from './segments.ts';

/** A prompt, or one of its variants, prepared once for many renders. */
export interface Body {
  readonly messages: readonly MessageJson[];
  readonly examples: readonly { readonly values: Values; readonly output: string }[];
  /** Index of the message before which the examples stand: the last user message. */
  readonly examplesAt: number;
  readonly hasFence: boolean;
  /** Messages that may show a medium, whose content is then a list of parts. */
  readonly withMedia: ReadonlySet<MessageJson>;
  readonly frame: Omit<Rendered, 'messages'>;
}

export function compileBody(
  prompt: PromptJson,
  variant: string | undefined,
  bundle: Pick<BundleJson, 'version' | 'digest'>,
): Body {
  const body: PromptBodyJson = variant === undefined ? prompt : { ...prompt, ...variantOf(prompt, variant) };
  const examplesAt = body.messages.findLastIndex((message) => 'role' in message && message.role === 'user');
  const defaults = Object.entries(prompt.variables)
    .filter(([, variable]) => variable.default !== undefined)
    .map(([name, variable]) => [name, JSON.parse(variable.default!)] as const);
  const firstVaried = body.messages.findIndex((message) => 'history' in message || !message.segments.every(isText));
  return {
    messages: body.messages,
    examples: body.examples.map((example) => exampleValues(example, defaults)),
    examplesAt,
    hasFence: body.messages.some((message) => 'segments' in message && someSegment(message.segments, isFenced)),
    withMedia: new Set(
      body.messages.filter((message) => 'segments' in message && someSegment(message.segments, isMedia)),
    ),
    frame: {
      ...(body.model === undefined ? {} : { model: body.model }),
      parameters: body.parameters,
      tools: prompt.tools.map(({ name, description, parameters }) => ({
        name,
        ...(description === undefined ? {} : { description }),
        ...(parameters === undefined ? {} : { parameters: JSON.parse(parameters) as JsonSchema }),
      })),
      ...(prompt.responseFormat ? { responseFormat: responseFormat(prompt.responseFormat) } : {}),
      staticMessages: firstVaried < 0 ? body.messages.length : firstVaried,
      provenance: {
        promptId: prompt.id,
        ...(prompt.version === undefined ? {} : { promptVersion: prompt.version }),
        contentDigest: prompt.contentDigest,
        bundleVersion: bundle.version,
        bundleDigest: bundle.digest,
        ...(variant === undefined ? {} : { variant }),
      },
    },
  };
}

function variantOf(prompt: PromptJson, variant: string): Partial<PromptBodyJson> {
  if (Object.hasOwn(prompt.variants, variant)) return prompt.variants[variant]!;
  const near = nearest(variant, Object.keys(prompt.variants));
  throw new PromptError(
    'variant-unknown',
    `${prompt.id} has no variant \`${variant}\`${near ? `; did you mean \`${near}\`?` : ''}`,
  );
}

function exampleValues(
  example: ExampleJson,
  defaults: readonly (readonly [string, unknown])[],
): { values: Values; output: string } {
  const given = Object.entries(JSON.parse(example.input) as Values);
  return { values: Object.fromEntries([...defaults, ...given]), output: example.output };
}

function responseFormat(format: NonNullable<PromptJson['responseFormat']>): ResponseFormat {
  const { schema, ...rest } = format;
  return schema === undefined ? rest : { ...rest, schema: JSON.parse(schema) as JsonSchema };
}

function isText(segment: Segment): boolean {
  return segment.kind === 'text';
}

function isFenced(segment: Segment): boolean {
  return segment.kind === 'value' && segment.fence !== undefined;
}

function isMedia(segment: Segment): boolean {
  return segment.kind === 'media';
}
