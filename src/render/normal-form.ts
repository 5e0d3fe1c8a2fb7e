import type { JsonValue } from '../model/index.ts';
import type { ExampleJson, MessageJson, PromptBodyJson, PromptJson, VariableJson } from '../runtime/index.ts';
import { plainSchema } from './plain-schema.ts';
import { withoutOrigins } from './runtime-prompt.ts';

/**
 * What a prompt is: everything that some change kind can see, and nothing else. Version, token counts and digests are left
 * out, as are the descriptions of variables and the order of keys that reach neither the model nor a caller. The schemas of
 * the output and of tools stay as they are written, because providers show them to the model in that order.
 */
export function normalForm(prompt: PromptJson): object {
  const { contentDigest: _content, contractDigest: _contract, version: _version, tokens: _tokens, ...rest } = prompt;
  return {
    ...rest,
    ...normalBody(rest),
    aliases: [...prompt.aliases].sort(),
    variables: mapValues(prompt.variables, normalVariable),
    policies: mapValues(prompt.policies, (policy) => JSON.parse(policy) as JsonValue),
    variants: mapValues(prompt.variants, normalBody),
  };
}

function normalBody(body: Partial<PromptBodyJson>): object {
  return {
    ...body,
    ...(body.messages ? { messages: body.messages.map(normalMessage) } : {}),
    ...(body.examples ? { examples: body.examples.map(normalExample) } : {}),
  };
}

function normalMessage(message: MessageJson): MessageJson {
  return 'role' in message ? { role: message.role, segments: withoutOrigins(message.segments) } : message;
}

/** Values are looked up by name; inside a value the order of members is text. */
function normalExample({ input, output }: ExampleJson): object {
  const values = Object.entries(JSON.parse(input) as Record<string, unknown>);
  return { input: Object.fromEntries(values.map(([name, value]) => [name, JSON.stringify(value)])), output };
}

function normalVariable(variable: VariableJson): object {
  return { ...variable, schema: plainSchema(JSON.parse(variable.schema) as JsonValue) };
}

function mapValues<Value>(
  map: Readonly<Record<string, Value>>,
  change: (value: Value) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
