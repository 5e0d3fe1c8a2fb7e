import { isObject, type JsonObject, type JsonValue } from '../model/index.ts';
import { toText } from '../runtime/index.ts';

const PLACEHOLDER = /\{\{\s*([\w.$-]+)\s*\}\}/g;

export type Fill = (fields: JsonObject) => string;

/**
 * An evaluator's text with `{{key}}` places, each filled once from a row: a value is never searched for places of its own. A key that
 * the row lacks stays as it is written, as GitHub's runner leaves it.
 *
 * @example fillOf('about {{topic}}')({ topic: '{{expected}}' }) // 'about {{expected}}'
 */
export function fillOf(text: string): Fill {
  if (!text.includes('{{')) return () => text;
  return (fields) =>
    text.replace(PLACEHOLDER, (place, key: string) => (Object.hasOwn(fields, key) ? textOf(fields[key]!) : place));
}

/** The same for every text inside a value. */
export function fillValue(value: JsonValue, fields: JsonObject): JsonValue {
  if (typeof value === 'string') return fillOf(value)(fields);
  if (Array.isArray(value)) return value.map((member: JsonValue) => fillValue(member, fields));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fillValue(member, fields)]));
}

function textOf(value: JsonValue): string {
  return value === null ? '' : toText(value);
}
