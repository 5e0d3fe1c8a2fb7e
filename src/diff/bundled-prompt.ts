import type { JsonValue, Message, Prompt, Variable } from '../model/index.ts';
import type { MessageJson, PromptJson, VariableJson } from '../runtime/index.ts';

/** A compiled prompt as one that can be counted and rendered: what only its file knows (tests, texts as written) is empty. */
export function promptOfBundle(json: PromptJson): Prompt {
  const { id, mode, version, stability, aliases, model, parameters, responseFormat, tools, budget } = json;
  return {
    file: '',
    id,
    mode,
    ...(version === undefined ? {} : { version }),
    stability,
    aliases,
    ...(model === undefined ? {} : { model }),
    parameters,
    variables: new Map(Object.entries(json.variables).map(([name, variable]) => [name, variableOf(name, variable)])),
    messages: json.messages.map(messageOf),
    examples: json.examples.map(({ input, output }) => ({
      input: JSON.parse(input) as Record<string, JsonValue>,
      output,
      pointer: '',
    })),
    variants: new Map(),
    ...(responseFormat === undefined ? {} : { responseFormat }),
    tools,
    ...(budget === undefined ? {} : { budget }),
    policies: new Map(),
    waivers: [],
    metadata: { owners: [], tags: [] },
    testData: [],
    evaluators: [],
    reads: [],
  };
}

function variableOf(name: string, { schema, trust, required, default: fallback, maxTokens }: VariableJson): Variable {
  return {
    name,
    schema: JSON.parse(schema) as JsonValue,
    trust,
    required,
    ...(fallback === undefined ? {} : { default: JSON.parse(fallback) as JsonValue }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    fenced: true,
  };
}

function messageOf(message: MessageJson): Message {
  return 'role' in message ? { ...message, text: '', pointer: '' } : { ...message, pointer: '' };
}
