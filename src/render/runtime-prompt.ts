import { type Message, type Prompt, type Variable } from '../model/index.ts';
import type { MessageJson, PromptBodyJson, PromptJson, Segment, VariableJson } from '../runtime/index.ts';

/** A prompt in the runtime's own form, without digests: what compile writes and every render in the toolchain goes through. */
export function runtimePrompt(prompt: Prompt, options: { readonly keepOrigins?: boolean } = {}): PromptJson {
  const segmentsOf = options.keepOrigins ? (segments: readonly Segment[]) => segments : withoutOrigins;
  const body: PromptBodyJson = {
    ...(prompt.model === undefined ? {} : { model: prompt.model }),
    parameters: prompt.parameters,
    messages: prompt.messages.map((message) => messageJson(message, segmentsOf)),
    examples: prompt.examples.map(exampleJson),
  };
  return {
    ...body,
    id: prompt.id,
    ...(prompt.version === undefined ? {} : { version: prompt.version }),
    mode: prompt.mode,
    stability: prompt.stability,
    aliases: prompt.aliases,
    contentDigest: '',
    contractDigest: '',
    variables: Object.fromEntries([...prompt.variables].map(([name, variable]) => [name, variableJson(variable)])),
    ...(prompt.responseFormat ? { responseFormat: prompt.responseFormat } : {}),
    tools: prompt.tools,
    ...(prompt.budget ? { budget: prompt.budget } : {}),
    policies: Object.fromEntries([...prompt.policies].map(([name, policy]) => [name, JSON.stringify(policy)])),
    variants: Object.fromEntries(
      [...prompt.variants].map(([name, variant]) => [
        name,
        {
          ...(variant.model === undefined ? {} : { model: variant.model }),
          ...(variant.parameters === undefined ? {} : { parameters: variant.parameters }),
          ...(variant.messages === undefined
            ? {}
            : { messages: variant.messages.map((message) => messageJson(message, segmentsOf)) }),
          ...(variant.examples === undefined ? {} : { examples: variant.examples.map(exampleJson) }),
        },
      ]),
    ),
  };
}

function exampleJson(example: Prompt['examples'][number]): { input: string; output: string } {
  return { input: JSON.stringify(example.input), output: example.output };
}

function messageJson(message: Message, segmentsOf: (segments: readonly Segment[]) => readonly Segment[]): MessageJson {
  if ('role' in message) return { role: message.role, segments: segmentsOf(message.segments) };
  const { pointer: _, ...history } = message;
  return history;
}

function variableJson(variable: Variable): VariableJson {
  return {
    trust: variable.trust,
    required: variable.required,
    schema: JSON.stringify(variable.schema),
    ...(variable.default === undefined ? {} : { default: JSON.stringify(variable.default) }),
    ...(variable.maxTokens === undefined ? {} : { maxTokens: variable.maxTokens }),
  };
}

/** Segments as a bundle holds them: no places, and neighbouring texts made one. */
export function withoutOrigins(segments: readonly Segment[]): readonly Segment[] {
  const out: Segment[] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    if (segment.kind === 'text' && last?.kind === 'text')
      out[out.length - 1] = { kind: 'text', text: last.text + segment.text };
    else out.push(bare(segment));
  }
  return out;
}

function bare(segment: Segment): Segment {
  switch (segment.kind) {
    case 'text':
      return { kind: 'text', text: segment.text };
    case 'value':
      return {
        kind: 'value',
        value: segment.value,
        trust: segment.trust,
        ...(segment.fence === undefined ? {} : { fence: segment.fence }),
      };
    case 'media':
      return {
        kind: 'media',
        url: segment.url,
        ...(segment.contentType === undefined ? {} : { contentType: segment.contentType }),
        trust: segment.trust,
      };
    case 'if':
      return { kind: 'if', test: segment.test, then: withoutOrigins(segment.then), else: withoutOrigins(segment.else) };
    case 'each':
      return {
        kind: 'each',
        over: segment.over,
        body: withoutOrigins(segment.body),
        else: withoutOrigins(segment.else),
      };
    case 'with':
      return {
        kind: 'with',
        value: segment.value,
        body: withoutOrigins(segment.body),
        else: withoutOrigins(segment.else),
      };
  }
}
