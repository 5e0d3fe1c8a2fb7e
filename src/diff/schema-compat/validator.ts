import { createRequire } from 'node:module';
import type { Ajv, Options, ValidateFunction } from 'ajv';
import type { FormatsPlugin } from 'ajv-formats';
import { type Dialect } from './dialect.ts';
import { isObject, type JsonObject } from './json.ts';
import { mapSchemas, type Schema } from './positions.ts';
import { Refusal, type Reason } from './refusal.ts';

/** Judges a value as ajv does. */
export interface Validator {
  /**
   * Why `value` is refused; empty when it is accepted, undefined when ajv cannot say: its code for unevaluatedProperties beside
   * dependentSchemas and patternProperties throws, and a recursion can exhaust the stack.
   */
  refusals(value: unknown): readonly Reason[] | undefined;
}

const options: Options = {
  strict: false,
  logger: false,
  validateSchema: false,
  addUsedSchema: false,
  ownProperties: true,
  // Optimising the generated code takes many times longer than the few validations it is for.
  code: { optimize: false },
};

// ajv takes tens of milliseconds to load and most diffs never reach a schema. A bare `require` is what a bundler can follow and
// still run late. Run from source this is an ES module: there is no `require`, and one has to be made.
function load(name: 'ajv' | 'ajv/dist/2020' | 'ajv-formats'): unknown {
  try {
    if (name === 'ajv') return (require('ajv') as { default: unknown }).default;
    if (name === 'ajv/dist/2020') return (require('ajv/dist/2020') as { default: unknown }).default;
    return (require('ajv-formats') as { default: unknown }).default;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return (createRequire(import.meta.url)(name) as { default: unknown }).default;
  }
}

const ajvByDialect = new Map<Dialect, Ajv>();

function ajvFor(dialect: Dialect): Ajv {
  let ajv = ajvByDialect.get(dialect);
  if (!ajv) {
    const AjvClass = load(dialect === 'draft-07' ? 'ajv' : 'ajv/dist/2020') as new (options: Options) => Ajv;
    ajv = new AjvClass({ ...options, ignoreKeywordsWithRef: dialect === 'draft-07' });
    (load('ajv-formats') as FormatsPlugin)(ajv);
    ajvByDialect.set(dialect, ajv);
  }
  return ajv;
}

/** What the meta-schema of `dialect` says against `schema`; empty when it is a valid schema. */
export function schemaProblems(schema: unknown, dialect: Dialect): readonly Reason[] {
  if (!isObject(schema)) {
    return typeof schema === 'boolean'
      ? []
      : [{ keyword: '', path: '', message: 'a schema is an object or a boolean' }];
  }
  const ajv = ajvFor(dialect);
  const address =
    dialect === 'draft-07' ? 'http://json-schema.org/draft-07/schema' : 'https://json-schema.org/draft/2020-12/schema';
  return ajv.validate(address, schema) ? [] : reasonsOf(ajv);
}

/** Compiles `schema` as written. Throws a {@link Refusal} when ajv cannot. */
export function createValidator(schema: Schema, dialect: Dialect): Validator {
  const ajv = ajvFor(dialect);
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    throw new Refusal(
      'unknown',
      '',
      `ajv cannot compile the schema: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    if (isObject(schema)) ajv.removeSchema(schema);
  }
  return {
    refusals(value) {
      try {
        return validate(value) ? [] : reasonsOf(validate);
      } catch {
        return undefined;
      }
    },
  };
}

function reasonsOf({ errors }: Pick<Ajv, 'errors'>): readonly Reason[] {
  return (errors ?? []).map(({ keyword, instancePath, message = '' }) => ({ keyword, path: instancePath, message }));
}

/** How `format` judges a string: undefined for a format nobody asserts, or one of numbers. */
export function formatOf(format: string): ((text: string) => boolean) | undefined {
  const { formats } = ajvFor('2020-12');
  const known = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (known instanceof RegExp) return (text) => known.test(text);
  if (typeof known === 'function') return (text) => known(text);
  if (typeof known !== 'object' || known.async || known.type === 'number') return undefined;
  const validate = known.validate as RegExp | string | ((text: string) => unknown);
  if (validate instanceof RegExp) return (text) => validate.test(text);
  return typeof validate === 'function' ? (text) => validate(text) === true : undefined;
}

/**
 * The schema without what ajv would stumble over and no dialect asserts: `id` (draft-04), `$async` (makes verdicts promises),
 * `nullable` beside no type, `$schema` (the dialect is known by now), and in draft-07 the `type` beside a `$ref`, the one
 * sibling that `ignoreKeywordsWithRef` does not ignore.
 */
export function readable(schema: Schema, dialect: Dialect): Schema {
  if (!isObject(schema)) return schema;
  const { id: _id, $async: _async, $schema: _schema, nullable, type, ...rest } = schema;
  const isTyped = type !== undefined && !(dialect === 'draft-07' && rest['$ref'] !== undefined);
  const typed: JsonObject = isTyped ? { type, ...(nullable === undefined ? {} : { nullable }) } : {};
  return mapSchemas({ ...rest, ...typed }, (child) => readable(child, dialect));
}
