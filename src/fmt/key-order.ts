import type { JsonSchema } from '../runtime/index.ts';
import { promptSchema } from '../workspace/index.ts';

/** A variable is a JSON Schema with keys of ours; what is long stands last. */
const VARIABLE_KEYS = [
  'type',
  'enum',
  'const',
  'default',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'maxTokens',
  'optional',
  'trust',
  'fence',
  'description',
  'items',
  'properties',
  'required',
  'additionalProperties',
];

/** Where keys stand is said once, in the schema of the file. What it does not describe, as an answer's schema, keeps its order. */
const layout: JsonSchema = {
  ...promptSchema,
  properties: {
    ...promptSchema.properties,
    variables: { additionalProperties: withKeys(VARIABLE_KEYS) },
    jsonSchema: withKeys(['name', 'strict', 'schema']),
  },
};

/** The order of the keys of a mapping, and of the mappings in it. */
export interface KeyOrder {
  /** Puts known keys first, in their order, and leaves the others behind them as they stand. */
  sort<Entry extends { readonly name: string }>(entries: readonly Entry[]): Entry[];
  under(name: string): KeyOrder;
  /** The members of a list. */
  readonly members: KeyOrder;
}

export const promptKeys: KeyOrder = orderOf(layout);

function orderOf(schema: JsonSchema['items']): KeyOrder {
  const known: JsonSchema = typeof schema === 'object' && !Array.isArray(schema) ? (schema as JsonSchema) : {};
  const rankByName = new Map(Object.keys(known.properties ?? {}).map((name, rank) => [name, rank]));
  const rank = ({ name }: { readonly name: string }): number => rankByName.get(name) ?? rankByName.size;
  return {
    sort: (entries) => entries.toSorted((a, b) => rank(a) - rank(b)),
    under: (name) => orderOf(rankByName.has(name) ? known.properties![name] : known.additionalProperties),
    get members() {
      return orderOf(known.items);
    },
  };
}

function withKeys(names: readonly string[]): JsonSchema {
  return { properties: Object.fromEntries(names.map((name) => [name, {}])) };
}
