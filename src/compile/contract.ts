import type { JsonValue } from '../model/index.ts';
import { plainSchema } from '../render/index.ts';
import type { PromptJson, ResponseFormatJson, ToolJson, VariableJson } from '../runtime/index.ts';
import { exposuresOf } from './exposure.ts';
import { turnName, turnsOf } from './turns.ts';

/** What callers, readers of the output and the runtime rely on: the part of a prompt that the contract digest covers. */
export function contractOf(prompt: PromptJson): unknown {
  const variables = Object.entries(prompt.variables).map(([name, variable]) => [name, variableContract(variable)]);
  return {
    id: prompt.id,
    aliases: [...prompt.aliases].sort(),
    mode: prompt.mode,
    stability: prompt.stability,
    model: prompt.model ?? null,
    variables: Object.fromEntries(variables) as unknown,
    responseFormat: prompt.responseFormat ? outputContract(prompt.responseFormat) : null,
    tools: [...prompt.tools].map(toolContract).sort((a, b) => (a.name < b.name ? -1 : 1)),
    roles: turnsOf(prompt.messages).turns.map(turnName),
    exposures: exposuresOf(prompt),
    variants: Object.keys(prompt.variants).sort(),
    maxTokens: prompt.parameters.maxTokens ?? null,
    security: JSON.parse(prompt.policies['security'] ?? 'null') as JsonValue,
  };
}

function variableContract({ default: fallback, ...variable }: VariableJson): object {
  return { ...variable, schema: plain(variable.schema), hasDefault: fallback !== undefined };
}

function outputContract(format: ResponseFormatJson): object {
  return { ...format, ...(format.schema === undefined ? {} : { schema: plain(format.schema) }) };
}

function toolContract({ name, parameters, optional, effect, approval }: ToolJson): { readonly name: string } {
  const contract = { name, optional, effect, approval };
  return parameters === undefined ? contract : Object.assign(contract, { parameters: plain(parameters) });
}

function plain(schema: string): JsonValue {
  return plainSchema(JSON.parse(schema) as JsonValue);
}
