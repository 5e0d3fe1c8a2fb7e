import { isObject } from './json.ts';
import { Refusal } from './refusal.ts';

export type Dialect = 'draft-07' | '2020-12';

const dialectByAddress: ReadonlyMap<string, Dialect> = new Map([
  ['json-schema.org/draft-07/schema', 'draft-07'],
  ['json-schema.org/draft/2020-12/schema', '2020-12'],
]);

/** The dialect `$schema` names, 2020-12 where it is absent. Throws a {@link Refusal} for any other. */
export function dialectOf(schema: unknown): Dialect {
  const address = isObject(schema) && Object.hasOwn(schema, '$schema') ? schema['$schema'] : undefined;
  if (address === undefined) return '2020-12';
  const dialect =
    typeof address === 'string' ? dialectByAddress.get(address.replace(/^https?:\/\/|#$/g, '')) : undefined;
  if (dialect) return dialect;
  throw new Refusal('invalid', '$schema', `${JSON.stringify(address)} is not read here: use draft-07 or 2020-12`);
}
