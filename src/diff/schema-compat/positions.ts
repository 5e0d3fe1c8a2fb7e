import { isObject, type JsonObject } from './json.ts';

/** A schema: `true`, `false` or an object of keywords. */
export type Schema = boolean | JsonObject;

/**
 * Where schemas stand inside a schema. Everything else (enum, const, default, unknown keywords) is data, whatever its members
 * are called. `in place` schemas speak of the same value as the schema around them, `child` schemas of a part of it.
 */
const positions: ReadonlyMap<string, readonly ['one' | 'list' | 'map', 'in place' | 'child' | 'store']> = new Map([
  ['allOf', ['list', 'in place']],
  ['anyOf', ['list', 'in place']],
  ['oneOf', ['list', 'in place']],
  ['not', ['one', 'in place']],
  ['if', ['one', 'in place']],
  ['then', ['one', 'in place']],
  ['else', ['one', 'in place']],
  ['dependentSchemas', ['map', 'in place']],
  ['dependencies', ['map', 'in place']],
  ['properties', ['map', 'child']],
  ['patternProperties', ['map', 'child']],
  ['additionalProperties', ['one', 'child']],
  ['unevaluatedProperties', ['one', 'child']],
  ['propertyNames', ['one', 'child']],
  ['prefixItems', ['list', 'child']],
  ['items', ['one', 'child']],
  ['additionalItems', ['one', 'child']],
  ['unevaluatedItems', ['one', 'child']],
  ['contains', ['one', 'child']],
  ['$defs', ['map', 'store']],
  ['definitions', ['map', 'store']],
]);

/** Gives each schema directly inside `schema` to `change` and returns the schema with the answers in their places. */
export function mapSchemas(schema: JsonObject, change: (child: Schema, keyword: string) => unknown): JsonObject {
  const one = (child: unknown, keyword: string): unknown =>
    typeof child === 'boolean' || isObject(child) ? change(child, keyword) : child;
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    const shape = positions.get(keyword)?.[0];
    if (shape === 'map' && isObject(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, child]) => [name, one(child, keyword)]))];
    }
    if (shape === undefined || shape === 'map') return [keyword, value];
    return [keyword, Array.isArray(value) ? value.map((child) => one(child, keyword)) : one(value, keyword)];
  });
  return Object.fromEntries(entries);
}

/** Calls `visit` with each schema directly inside `schema`. */
export function eachSchema(schema: JsonObject, visit: (child: Schema, keyword: string) => void): void {
  mapSchemas(schema, (child, keyword) => (visit(child, keyword), child));
}

export function isInPlace(keyword: string): boolean {
  return positions.get(keyword)?.[1] === 'in place';
}
