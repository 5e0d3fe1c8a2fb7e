import { refuseEndlessReferences } from './compile.ts';
import { dialectOf } from './dialect.ts';
import { readDocument, toSchema, type Document } from './document.ts';
import { isObject, jsonProblem } from './json.ts';
import { eachSchema, mapSchemas, type Schema } from './positions.ts';
import { Refusal } from './refusal.ts';
import { createResources } from './resources.ts';
import { createValidator, readable, schemaProblems, type Validator } from './validator.ts';

/**
 * Reads a document as one side of the comparison had it: `reference` as written without its fragment, `from` the address of the
 * document it stands in (undefined for the compared schema itself). Undefined when there is none.
 */
export type Resolve = (
  reference: string,
  from: string | undefined,
  side: 'old' | 'new',
) => { address: string; schema: unknown } | undefined;

/** One schema, read and ready to compare. */
export interface Side {
  readonly document: Document;
  /** Judges values by the schema as written; made when first asked for. */
  readonly validator: () => Validator;
}

/** Reads one side. Throws a `Refusal` when its schema is invalid or cannot be read. */
export function readSide(schema: unknown, name: 'old' | 'new', resolve: Resolve | undefined): Side {
  const problem = jsonProblem(schema);
  if (problem === 'type') throw new Refusal('invalid', '', `the ${name} schema is not JSON`);
  if (problem)
    throw new Refusal(
      'unknown',
      problem,
      `the ${name} schema is too ${problem === 'depth' ? 'deep' : 'large'} to compare`,
    );
  const dialect = dialectOf(schema);
  // Nobody said which dialect this is, so an array of items can only be what draft-07 means by it.
  const hasTuples = isObject(schema) && !Object.hasOwn(schema, '$schema') && findsTuples(schema);
  const plain = readable(schema as Schema, dialect);
  refuseInvalid(hasTuples ? withoutTuples(plain) : plain, dialect, name);

  const resources = createResources(schema, dialect, resolve && ((reference, from) => resolve(reference, from, name)));
  const document = readDocument(resources);
  // A $ref can reach what the meta-schema did not see: another document, or a place it takes for data.
  const whole = toSchema(document);
  refuseInvalid(whole, '2020-12', name);
  refuseEndlessReferences(document);
  for (const pattern of patternsIn(document)) refuseBadPattern(pattern, name);

  let validator: Validator | undefined;
  const create = (): Validator =>
    hasTuples || resources.hasFetched() ? createValidator(whole, '2020-12') : createValidator(plain, dialect);
  return { document, validator: () => (validator ??= create()) };
}

function refuseInvalid(schema: unknown, dialect: 'draft-07' | '2020-12', name: string): void {
  const [problem] = schemaProblems(schema, dialect);
  if (problem)
    throw new Refusal('invalid', problem.keyword, `the ${name} schema is invalid: ${problem.message}`, problem.path);
}

// The meta-schemas call a pattern a string of format regex, which ajv does not assert there.
function refuseBadPattern(pattern: string, name: string): void {
  try {
    RegExp(pattern, 'u');
  } catch {
    throw new Refusal('invalid', 'pattern', `the ${name} schema is invalid: ${pattern} is no regular expression`);
  }
}

function findsTuples(schema: Schema): boolean {
  if (!isObject(schema)) return false;
  let found = Array.isArray(schema['items']);
  eachSchema(schema, (child) => {
    found ||= findsTuples(child);
  });
  return found;
}

function withoutTuples(schema: Schema): Schema {
  if (!isObject(schema)) return schema;
  const { items, ...rest } = schema;
  return mapSchemas(Array.isArray(items) ? { ...rest, prefixItems: items } : schema, withoutTuples);
}

/** Every pattern a document holds strings or names against. */
export function patternsIn({ root, definitions }: Document): string[] {
  const found = new Set<string>();
  const walk = (schema: Schema): void => {
    if (!isObject(schema)) return;
    if (typeof schema['pattern'] === 'string') found.add(schema['pattern']);
    if (isObject(schema['patternProperties']))
      for (const pattern of Object.keys(schema['patternProperties'])) found.add(pattern);
    eachSchema(schema, walk);
  };
  walk(root);
  for (const schema of definitions.values()) walk(schema);
  return [...found];
}
