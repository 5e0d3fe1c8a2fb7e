import type { JsonObject, JsonValue } from '../model/index.ts';
import { compileSchema, type JsonSchema } from '../runtime/index.ts';
import { promptSchema } from '../workspace/index.ts';
import type { Note } from './draft.ts';

/** How the formats spell the parameters that promptctl has. */
const NAMES: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  topP: 'topP',
  top_p: 'topP',
  maxTokens: 'maxTokens',
  max_tokens: 'maxTokens',
  maxOutputTokens: 'maxTokens',
  max_completion_tokens: 'maxTokens',
  stop: 'stop',
  stopSequences: 'stop',
  seed: 'seed',
  frequencyPenalty: 'frequencyPenalty',
  frequency_penalty: 'frequencyPenalty',
  presencePenalty: 'presencePenalty',
  presence_penalty: 'presencePenalty',
  reasoningEffort: 'reasoningEffort',
  reasoning_effort: 'reasoningEffort',
};

/** Options of a model in promptctl's words; what it has no word for is noted, each by its own name. */
export function parametersFrom(
  options: JsonObject,
  what: string,
  offsetOf: (key: string) => number,
): { readonly parameters: JsonObject; readonly notes: readonly Note[] } {
  const parameters: Record<string, JsonValue> = {};
  const notes: Note[] = [];
  for (const [key, value] of Object.entries(options)) {
    const name = Object.hasOwn(NAMES, key) ? NAMES[key]! : undefined;
    const problem = name === undefined ? 'has no counterpart' : reasonAgainst(name, value);
    if (problem === undefined) parameters[name!] = value;
    else notes.push({ kind: 'lost', message: `\`${what}.${key}\` ${problem}`, offset: offsetOf(key) });
  }
  return { parameters, notes };
}

const known = promptSchema.properties?.['modelParameters'];
const schemas: Readonly<Record<string, JsonSchema | boolean>> = (typeof known === 'object' && known.properties) || {};

/** A format that lets anything pass holds values that no provider takes. */
function reasonAgainst(name: string, value: JsonValue): string | undefined {
  const schema = schemas[name];
  const [problem] = typeof schema === 'object' ? compileSchema(schema)(value) : [];
  return problem && `is left out: ${problem.message}`;
}
