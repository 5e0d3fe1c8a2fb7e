import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  letrec,
  oneof,
  record,
  subarray,
  uniqueArray,
} from 'fast-check';
import type { JsonSchema } from '../../../src/runtime/schema/index.ts';

// Not `constructor`, `toString` and '', over which ajv stumbles (its deep equality, its `required`); others test those.
const NAMES = ['queue', 'urgent', 'length', ' ', 'a/b~c'];
const TEXTS = ['', 'bugs', 'billing', 'é', '😀😀', '2024-02-29', '2023-02-29', 'ann@example.org', '192.0.2.1'];
const NUMBERS = [0, -0, 1, 2, 3, -1, 0.5, 1.5, 1e20];

const name = constantFrom(...NAMES);
const scalar = oneof(constant(null), boolean(), constantFrom(...NUMBERS), constantFrom(...TEXTS));

/** Small JSON values of few words, so that they often meet what schemas ask for. */
export const value: Arbitrary<unknown> = letrec((tie) => ({
  value: oneof(
    { depthSize: 'small', maxDepth: 4 },
    scalar,
    array(tie('value'), { maxLength: 4 }),
    dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const count = integer({ min: 0, max: 3 });
const types = ['null', 'boolean', 'string', 'number', 'integer', 'array', 'object'] as const;

/** Schemas of the output subset, with references into `$defs/node`. */
export const schema: Arbitrary<JsonSchema> = record({
  $defs: record({ node: subschema() }),
  allOf: array(subschema(), { minLength: 1, maxLength: 2 }),
});

function subschema(): Arbitrary<JsonSchema | boolean> {
  return letrec<{ schema: JsonSchema | boolean }>((tie) => {
    const inner = tie('schema');
    const schemas = array(inner, { minLength: 1, maxLength: 3 });
    const all = { requiredKeys: [] };
    return {
      schema: oneof(
        { depthSize: 'small', maxDepth: 3 },
        boolean(),
        record({ type: constantFrom(...types) }),
        record({ type: constantFrom(...types.filter((type) => type !== 'null')), nullable: constant(true) }),
        record({ type: subarray([...types], { minLength: 1 }) }),
        record({
          enum: uniqueArray(value, { minLength: 1, maxLength: 3, selector: (member) => JSON.stringify(member) }),
        }),
        record({ const: value }),
        record({ minLength: count, maxLength: count }, all),
        record({ pattern: constantFrom('^b', 'g', '^[a-z]+$', '^.$') }),
        record({ format: constantFrom('date', 'email', 'ipv4') }),
        record({ minimum: count, maximum: count, exclusiveMinimum: count, exclusiveMaximum: count }, all),
        record({ multipleOf: constantFrom(1, 2, 0.5) }),
        record({ items: inner, minItems: count, maxItems: count, uniqueItems: boolean() }, all),
        record({ prefixItems: schemas, items: inner }, { requiredKeys: ['prefixItems'] }),
        record({ minProperties: count, maxProperties: count }, all),
        record(
          {
            properties: dictionary(name, inner, { maxKeys: 3 }),
            required: uniqueArray(name, { maxLength: 2 }),
            additionalProperties: inner,
          },
          all,
        ),
        record({ anyOf: schemas }),
        record({ oneOf: schemas }),
        record({ allOf: schemas }),
        // Behind `items` or `properties`, so that a reference never leads back to itself at once.
        record({ items: constant({ $ref: '#/$defs/node' }) }),
        record({
          properties: dictionary(name, constant({ $ref: '#/$defs/node' }), { maxKeys: 2 }),
          type: constant('object'),
        }),
      ),
    };
  }).schema;
}
