import { isObject, type JsonObject, member } from '../model/index.ts';
import type { Draft, Note } from './draft.ts';
import { parametersFrom } from './parameters.ts';
import type { FrontMatter } from './source-text.ts';

/** What says where a model runs, and with whose key: that is the application's. */
const CONNECTION = new Set(['connection', 'configuration']);
const PUBLISHERS: readonly [RegExp, string][] = [
  [/^(?:gpt-|o[1-9]|text-embedding-|dall-e|chatgpt)/i, 'openai'],
  [/^claude/i, 'anthropic'],
  [/^gemini/i, 'google'],
  [/^(?:meta-)?llama/i, 'meta'],
  [/^(?:mistral|ministral|codestral)/i, 'mistral-ai'],
  [/^cohere|^command-r/i, 'cohere'],
  [/^phi/i, 'microsoft'],
];

/** The model, its parameters and the form of its answer; what belongs to the application is noted. */
export function promptyModel(
  values: JsonObject,
  offsetOf: FrontMatter['offsetOf'],
  notes: Note[],
): Pick<Draft, 'model' | 'modelParameters' | 'responseFormat'> {
  const model = member(values, 'model');
  if (typeof model === 'string') return { model: publisherModel(model, undefined), modelParameters: {} };
  if (!isObject(model)) return { modelParameters: {} };
  const configuration = member(model, 'configuration');
  const id = [
    member(model, 'id'),
    member(configuration, 'azure_deployment'),
    member(configuration, 'name'),
    member(configuration, 'model'),
  ].find((one): one is string => typeof one === 'string');
  const isNamed = id !== undefined && !id.startsWith('${') && !/[<>\s]/.test(id);
  if (id !== undefined && !isNamed)
    notes.push({
      kind: 'lost',
      message: `The model \`${id}\` comes from outside the file; write \`model: publisher/name\``,
      offset: offsetOf('/model'),
    });
  const api = member(model, 'apiType') ?? member(model, 'api');
  if (typeof api === 'string' && api !== 'chat')
    notes.push({
      kind: 'lost',
      message: `The API \`${api}\` is not carried over: promptctl sends messages`,
      offset: offsetOf('/model/apiType'),
    });
  for (const key of Object.keys(model))
    if (CONNECTION.has(key))
      notes.push({
        kind: 'lost',
        message: `\`model.${key}\` is the application's; providers stand in promptctl.yaml`,
        offset: offsetOf(`/model/${key}`),
      });
  const where = member(model, 'options') === undefined ? 'parameters' : 'options';
  const options = member(model, where);
  const { response_format: format, tools: _, additionalProperties, ...plain } = isObject(options) ? options : {};
  const { parameters, notes: unknown } = parametersFrom(plain, `model.${where}`, (key) =>
    offsetOf(`/model/${where}/${key}`),
  );
  notes.push(...unknown);
  if (isObject(additionalProperties))
    for (const key of Object.keys(additionalProperties))
      notes.push({
        kind: 'lost',
        message: `\`model.options.additionalProperties.${key}\` has no counterpart`,
        offset: offsetOf(`/model/options/additionalProperties/${key}`),
      });
  const provider = member(model, 'provider') ?? member(configuration, 'type');
  return {
    model: isNamed ? publisherModel(id, typeof provider === 'string' ? provider : undefined) : undefined,
    modelParameters: parameters,
    ...(member(format, 'type') === 'json_object' ? { responseFormat: 'json_object' as const } : {}),
  };
}

/** `publisher/model`: the publisher of a model that everybody knows, else the provider where it is one, else the name alone. */
function publisherModel(id: string, provider: string | undefined): string {
  if (id.includes('/')) return id;
  const known = PUBLISHERS.find(([pattern]) => pattern.test(id))?.[1];
  const publisher = known ?? (provider === 'openai' || provider === 'anthropic' ? provider : undefined);
  return publisher === undefined ? id : `${publisher}/${id}`;
}
