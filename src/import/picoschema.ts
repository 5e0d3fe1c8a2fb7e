import { isObject, type JsonObject, type JsonValue, pointerTo } from '../model/index.ts';
import { Refusal } from './refusal.ts';

const SCALARS = new Set(['any', 'boolean', 'integer', 'null', 'number', 'string']);
const WILDCARD = '(*)';

/**
 * The JSON Schema that a Picoschema stands for, by the rules of dotprompt 1.1: `name?` is optional and may be null, a comma
 * begins a description, `(array)`, `(object)` and `(enum)` say the kind, `(*)` the type of all other properties. A JSON Schema
 * passes as it is.
 *
 * @throws Refusal for a type that dotprompt would look up in the application's code, or would not accept
 * @example picoschema({ 'tags?(array, labels)': 'string' }, offsetOf)
 */
export function picoschema(schema: JsonValue, offsetOf: (pointer: string) => number): JsonObject {
  if (typeof schema === 'string') {
    const { type, description } = described(schema);
    scalarOnly(type, '', offsetOf);
    return { type, ...description };
  }
  if (!isObject(schema)) throw new Refusal('A schema is a text or a mapping', offsetOf(''));
  const { type } = schema;
  if (typeof type === 'string' && (SCALARS.has(type) || type === 'object' || type === 'array')) return schema;
  if (isObject(schema['properties'])) return { ...schema, type: 'object' };
  return fragment(schema, '', offsetOf);
}

function fragment(value: JsonValue, pointer: string, offsetOf: (pointer: string) => number): JsonObject {
  if (typeof value === 'string') {
    const { type, description } = described(value);
    scalarOnly(type, pointer, offsetOf);
    return type === 'any' ? { ...description } : { type, ...description };
  }
  if (!isObject(value))
    throw new Refusal(`Picoschema is made of texts and mappings, not of ${JSON.stringify(value)}`, offsetOf(pointer));
  const properties: Record<string, JsonValue> = {};
  const required: string[] = [];
  let additionalProperties: JsonValue = false;
  for (const [key, member] of Object.entries(value)) {
    const here = pointerTo(pointer, key);
    if (key === WILDCARD) {
      additionalProperties = fragment(member, here, offsetOf);
      continue;
    }
    const [written, kind] = key.split('(') as [string, string | undefined];
    const isOptional = written.endsWith('?');
    const name = isOptional ? written.slice(0, -1) : written;
    if (!isOptional) required.push(name);
    properties[name] = property(member, kind, isOptional, here, offsetOf);
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties };
}

function property(
  value: JsonValue,
  parenthesised: string | undefined,
  isOptional: boolean,
  pointer: string,
  offsetOf: (pointer: string) => number,
): JsonObject {
  if (parenthesised === undefined || parenthesised === '')
    return nullable(fragment(value, pointer, offsetOf), isOptional);
  const { type, description } = described(parenthesised.slice(0, -1));
  switch (type) {
    case 'array':
      return { ...nullable({ type }, isOptional), items: fragment(value, pointer, offsetOf), ...description };
    case 'object':
      return { ...nullable(fragment(value, pointer, offsetOf), isOptional), ...description };
    case 'enum': {
      if (!Array.isArray(value)) throw new Refusal('An enum of Picoschema is a list', offsetOf(pointer));
      const choices = value as readonly JsonValue[];
      return { enum: isOptional && !choices.includes(null) ? [...choices, null] : choices, ...description };
    }
    default:
      throw new Refusal(`Picoschema knows (object), (array) and (enum), not (${type})`, offsetOf(pointer));
  }
}

function nullable(schema: JsonObject, isOptional: boolean): JsonObject {
  return isOptional && typeof schema['type'] === 'string' ? { ...schema, type: [schema['type'], 'null'] } : schema;
}

/** What stands behind the first comma describes. */
function described(text: string): { readonly type: string; readonly description: { readonly description?: string } } {
  const found = /^(.*?), *(.*)$/.exec(text);
  if (!found) return { type: text, description: {} };
  return { type: found[1]!, description: found[2] === '' ? {} : { description: found[2]! } };
}

function scalarOnly(type: string, pointer: string, offsetOf: (pointer: string) => number): void {
  if (SCALARS.has(type)) return;
  const reason = `The schema \`${type}\` lives in the application's code, where promptctl can't see it; write it out in this file first`;
  throw new Refusal(reason, offsetOf(pointer));
}
