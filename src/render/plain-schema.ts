import { compareText, isObject, type JsonObject, type JsonValue } from '../model/index.ts';

/** Keywords that say nothing about which values are valid. */
const ANNOTATIONS = new Set([
  'title',
  'description',
  'default',
  'examples',
  '$comment',
  'deprecated',
  'readOnly',
  'writeOnly',
]);
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']);
const SCHEMAS = new Set([
  'items',
  'prefixItems',
  'additionalItems',
  'additionalProperties',
  'propertyNames',
  'contains',
  'unevaluatedProperties',
  'unevaluatedItems',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
]);
/** Lists whose order says nothing. */
const SETS = new Set(['required', 'enum', 'type']);

/**
 * A schema without its annotations and with its sets in one order. Only schema positions are walked: data under `enum`,
 * `const` or `default`, and a property that happens to be called `description`, stay as they are.
 */
export function plainSchema(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(plainSchema);
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, plainValue(keyword, value)]));
}

function plainValue(keyword: string, value: JsonValue): JsonValue {
  if (SCHEMAS.has(keyword)) return plainSchema(value);
  if (MAPS.has(keyword) && isObject(value)) return mapped(value);
  if (SETS.has(keyword) && Array.isArray(value)) {
    return [...value].sort((a: JsonValue, b: JsonValue) => compareText(JSON.stringify(a), JSON.stringify(b)));
  }
  return value;
}

function mapped(schemas: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, plainSchema(schema)]));
}
