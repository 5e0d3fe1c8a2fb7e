import { isObject, type JsonValue, member } from '../../model/index.ts';

/** Counts the tokens of a text. */
export type Count = (text: string) => number;

/** A number as JSON prints it takes at most this many tokens in the encodings of OpenAI: three digits a token. */
export const NUMBER_TOKENS = 10;
/** The longest text of the formats that have one: RFC 3339, RFC 4122, RFC 4291. */
const FORMAT_LENGTHS: Readonly<Record<string, number>> = {
  date: 10,
  time: 24,
  'date-time': 40,
  uuid: 36,
  ipv4: 15,
  ipv6: 45,
};

/**
 * Most tokens that a value of a schema can take as text; undefined where nothing bounds it. A string of `maxLength` n counts
 * as n tokens: a byte-level BPE never needs more for ASCII, and text in other scripts stays near it.
 */
export function schemaBound(schema: JsonValue | undefined, count: Count): number | undefined {
  if (!isObject(schema)) return undefined;
  const choices = member(schema, 'const') === undefined ? member(schema, 'enum') : [member(schema, 'const')!];
  if (Array.isArray(choices))
    return Math.max(
      0,
      ...choices.map((choice: JsonValue) => count(typeof choice === 'string' ? choice : JSON.stringify(choice))),
    );
  switch (member(schema, 'type')) {
    case 'boolean':
    case 'null':
      return 1;
    case 'integer':
    case 'number':
      return NUMBER_TOKENS;
    case 'string': {
      const length = member(schema, 'maxLength');
      if (typeof length === 'number') return length;
      const format = member(schema, 'format');
      return typeof format === 'string' && Object.hasOwn(FORMAT_LENGTHS, format) ? FORMAT_LENGTHS[format] : undefined;
    }
    case 'array': {
      const most = member(schema, 'maxItems');
      const item = schemaBound(member(schema, 'items'), count);
      return typeof most === 'number' && item !== undefined ? most * (item + 2) + 2 : undefined;
    }
    case 'object': {
      const properties = member(schema, 'properties');
      if (!isObject(properties) || member(schema, 'additionalProperties') !== false) return undefined;
      let total = 2;
      for (const [name, property] of Object.entries(properties)) {
        const bound = schemaBound(property, count);
        if (bound === undefined) return undefined;
        total += bound + count(JSON.stringify(name)) + 2;
      }
      return total;
    }
    default:
      return undefined;
  }
}
