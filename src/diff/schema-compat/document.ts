import { type Dialect } from './dialect.ts';
import { isObject, type JsonObject } from './json.ts';
import { mapSchemas, type Schema } from './positions.ts';
import { Refusal } from './refusal.ts';
import { type Resources, type Target } from './resources.ts';

/**
 * A schema in one form whatever its dialect: 2020-12 keywords only, `nullable` and `dependencies` spelt out, and every
 * `$ref` the bare name of one of `definitions`.
 */
export interface Document {
  readonly root: Schema;
  readonly definitions: ReadonlyMap<string, Schema>;
}

const keywords = new Set(
  `type enum const minimum exclusiveMinimum maximum exclusiveMaximum multipleOf minLength maxLength pattern format
  items contains uniqueItems minItems maxItems properties patternProperties additionalProperties propertyNames required
  minProperties maxProperties dependencies allOf anyOf oneOf not if then else nullable $ref`.split(/\s+/),
);
const newerKeywords = new Set(
  `prefixItems minContains maxContains dependentRequired dependentSchemas unevaluatedProperties unevaluatedItems
  $dynamicRef`.split(/\s+/),
);

// ajv takes seconds to compile more than this.
const mostSchemas = 4000;

/** Reads a document whose resources are known. Throws a {@link Refusal} where a `$ref` points nowhere. */
export function readDocument(resources: Resources): Document {
  const nameBySchema = new Map<JsonObject, string>();
  const definitions = new Map<string, Schema>();
  const pending: [string, Target][] = [];
  let schemas = 0;

  function define(target: Target): Schema {
    const { schema } = target;
    if (!isObject(schema)) return schema === true;
    let name = nameBySchema.get(schema);
    if (name === undefined) {
      name = String(nameBySchema.size);
      nameBySchema.set(schema, name);
      pending.push([name, target]);
    }
    return { $ref: name };
  }

  function read({ schema, resource }: Target): Schema {
    if (++schemas > mostSchemas)
      throw new Refusal('unknown', 'size', `more than ${mostSchemas} schemas are too many to compare`);
    if (!isObject(schema)) return schema === true;
    const here = resources.of(schema, resource);
    const { $ref: reference } = schema;
    const referred = typeof reference === 'string' ? define(resources.find(reference, here)) : undefined;
    if (referred !== undefined && here.dialect === 'draft-07') return referred;
    const { $ref: _, ...rest } = schema;
    const own = mapSchemas(modern(rest, here.dialect), (child) => read({ schema: child, resource: here }));
    if (referred === undefined) return own;
    return isObject(referred) ? { ...own, ...referred } : { allOf: [own, referred] };
  }

  const root = read({ schema: resources.main.root, resource: resources.main });
  for (let next = pending.shift(); next; next = pending.shift()) definitions.set(next[0], read(next[1]));
  return { root, definitions };
}

function modern(schema: JsonObject, dialect: Dialect): JsonObject {
  const own: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keywords.has(keyword) || (dialect === '2020-12' && newerKeywords.has(keyword))) own[keyword] = value;
  }
  if (Array.isArray(own['items'])) {
    own['prefixItems'] = own['items'];
    delete own['items'];
    if (Object.hasOwn(schema, 'additionalItems')) own['items'] = schema['additionalItems'];
  }
  if (Object.hasOwn(own, 'type')) own['type'] = types(own['type'], own['nullable']);
  delete own['nullable'];
  if (isObject(own['dependencies'])) spellDependencies(own, own['dependencies']);
  delete own['dependencies'];
  return own;
}

/** What `dependencies` says in the two keywords that replaced it; ajv honours all three in either dialect. */
function spellDependencies(own: Record<string, unknown>, dependencies: JsonObject): void {
  const entriesOf = (keyword: string): [string, unknown][] =>
    isObject(own[keyword]) ? Object.entries(own[keyword]) : [];
  const required = new Map(entriesOf('dependentRequired'));
  const schemas = new Map(entriesOf('dependentSchemas'));
  for (const [name, needs] of Object.entries(dependencies)) {
    if (Array.isArray(needs)) required.set(name, [...new Set([required.get(name) ?? [], needs].flat())]);
    else schemas.set(name, schemas.has(name) ? { allOf: [schemas.get(name), needs] } : needs);
  }
  own['dependentRequired'] = Object.fromEntries(required);
  own['dependentSchemas'] = Object.fromEntries(schemas);
}

function types(type: unknown, nullable: unknown): readonly unknown[] {
  const listed: readonly unknown[] = Array.isArray(type) ? type : [type];
  if (listed.includes('null')) {
    if (nullable === false) throw new Refusal('invalid', 'nullable', 'nullable: false contradicts type null');
    return listed;
  }
  return nullable === true ? [...listed, 'null'] : listed;
}

/** The document as one 2020-12 schema for ajv, with the definitions inside. */
export function toSchema(document: Document): Schema {
  const pointTo = (schema: Schema): Schema => {
    if (!isObject(schema)) return schema;
    const inner = mapSchemas(schema, pointTo);
    return typeof inner['$ref'] === 'string' ? { ...inner, $ref: `#/$defs/${inner['$ref']}` } : inner;
  };
  const root = pointTo(document.root);
  if (document.definitions.size === 0) return root;
  const definitions = [...document.definitions].map(([name, schema]): [string, Schema] => [name, pointTo(schema)]);
  return { allOf: [root], $defs: Object.fromEntries(definitions) };
}
