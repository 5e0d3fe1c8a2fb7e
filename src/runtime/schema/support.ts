import { FORMATS } from './formats.ts';
import { isObject, type JsonSchema } from './json-schema.ts';
import { isLinearPattern } from './linear-pattern.ts';
import { pointerStep } from './problem.ts';
import { resolveReference } from './reference.ts';

/** A keyword that keeps a schema out of a subset, and why. */
export interface UnsupportedKeyword {
  /** JSON pointer to the keyword inside the schema. */
  readonly pointer: string;
  readonly keyword: string;
  readonly reason: string;
}

/** Which schemas are meant: of a prompt's variable, or (wider) of an output or a tool's parameters. */
export type SchemaSubset = 'variable' | 'output';

/** Schemas nested deeper than this are refused, as nobody writes them and walking them could exhaust the stack. */
const MAX_NESTING = 512;

type Visit = (schema: unknown, step: string) => void;

/** What is wrong with a keyword's argument, or nothing; schemas inside the argument are handed to `visit`. */
type Shape = (argument: unknown, visit: Visit, schema: JsonSchema) => string | false | undefined;

const anything: Shape = () => undefined;
const bool: Shape = (argument) => typeof argument !== 'boolean' && 'must be true or false';
const number: Shape = (argument) => !Number.isFinite(argument) && 'must be a number';
const count: Shape = (argument) => !(Number.isInteger(argument) && Number(argument) >= 0) && 'must be a whole number';
const filledList: Shape = (argument) =>
  !(Array.isArray(argument) && argument.length > 0) && 'must be a list with members';
const names: Shape = (argument) =>
  !(Array.isArray(argument) && argument.every((name) => typeof name === 'string')) && 'must be a list of names';

const schema: Shape = (argument, visit) => void visit(argument, '');
const schemaList: Shape = (argument, visit) => {
  if (!Array.isArray(argument) || argument.length === 0) return 'must be a list of schemas';
  return void argument.forEach((member, index) => visit(member, `/${index}`));
};
const schemaMap: Shape = (argument, visit) => {
  if (!isObject(argument)) return 'must be a mapping of schemas';
  return void Object.entries(argument).forEach(([name, member]) => visit(member, pointerStep(name)));
};

const TYPES = ['null', 'boolean', 'string', 'number', 'integer', 'array', 'object'];
const oneType: Shape = (argument) => !TYPES.includes(argument as string) && `must be one of ${TYPES.join(', ')}`;
const types: Shape = (argument, visit, schema) =>
  Array.isArray(argument)
    ? (argument.length === 0 || argument.some((type) => !TYPES.includes(type))) && 'must be a type or a list of types'
    : oneType(argument, visit, schema);

const format: Shape = (argument) =>
  !(typeof argument === 'string' && Object.hasOwn(FORMATS, argument)) &&
  `must be one of the formats that are checked: ${Object.keys(FORMATS).join(', ')}`;

const pattern: Shape = (argument) =>
  !(typeof argument === 'string' && isLinearPattern(argument)) &&
  'must be a regular expression whose matching time is linear: no lookaround, no backreference, no ambiguous repetition';

/** Another dialect could give the same keywords other meanings. */
const dialect: Shape = (argument) =>
  !/^https?:\/\/json-schema\.org\/(draft-0[67]|draft\/2019-09|draft\/2020-12)\/schema#?$/.test(String(argument)) &&
  'must name draft-06, draft-07, 2019-09 or 2020-12';

const VARIABLE: Readonly<Record<string, Shape>> = {
  type: oneType,
  enum: filledList,
  const: anything,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  minLength: count,
  maxLength: count,
  pattern,
  format,
  items: schema,
  minItems: count,
  maxItems: count,
  properties: schemaMap,
  required: names,
  additionalProperties: schema,
  minProperties: count,
  maxProperties: count,
  // Annotations, which say nothing about validity.
  title: anything,
  description: anything,
  default: anything,
  examples: anything,
  $schema: dialect,
  $comment: anything,
  deprecated: anything,
  readOnly: anything,
  writeOnly: anything,
};

/** Keys of a prompt's variable that are no JSON Schema. */
const PROMPT: Readonly<Record<string, Shape>> = {
  trust: anything,
  maxTokens: anything,
  fence: anything,
  optional: anything,
};

const OUTPUT: Readonly<Record<string, Shape>> = {
  ...VARIABLE,
  type: types,
  items: (argument, visit, schema_) => (Array.isArray(argument) ? schemaList : schema)(argument, visit, schema_),
  prefixItems: (argument, visit, { items }) =>
    Array.isArray(items) ? 'can not stand beside a list of items' : schemaList(argument, visit, {}),
  additionalItems: (argument, visit, { items }) =>
    Array.isArray(items) ? schema(argument, visit, {}) : 'has no meaning without a list of items',
  uniqueItems: bool,
  multipleOf: (argument) => !(Number.isFinite(argument) && Number(argument) > 0) && 'must be a number above 0',
  nullable: (argument, visit, { type }) =>
    type === undefined ? 'has no meaning without a type' : bool(argument, visit, {}),
  anyOf: schemaList,
  oneOf: schemaList,
  allOf: schemaList,
  $defs: schemaMap,
  definitions: schemaMap,
};

const SUBSETS = { variable: { ...VARIABLE, ...PROMPT }, output: OUTPUT, any: { ...OUTPUT, ...PROMPT } };

/**
 * The keywords of `schema` that keep it out of `subset`: those the runtime doesn't check, and those whose argument is
 * malformed. Empty for a schema that is checked in full. Local references are followed into `root` (the schema itself
 * unless given). Never throws.
 */
export function unsupportedKeywords(
  schema: JsonSchema | boolean,
  subset: SchemaSubset | 'any',
  root: unknown = schema,
): UnsupportedKeyword[] {
  const shapes: Readonly<Record<string, Shape>> = SUBSETS[subset];
  const found: UnsupportedKeyword[] = [];
  const seen = new Set<unknown>();

  const report = (pointer: string, keyword: string, reason: string): void =>
    void found.push({ pointer, keyword, reason: keyword ? `"${keyword}" ${reason}` : reason });

  const visit = (node: unknown, pointer: string, depth: number): void => {
    if (typeof node === 'boolean' || seen.has(node)) return;
    if (!isObject(node)) return report(pointer, '', 'a schema must be a mapping, true or false');
    if (depth > MAX_NESTING) return report(pointer, '', 'the schema is nested too deep');
    seen.add(node);
    for (const [keyword, argument] of Object.entries(node)) {
      const at = pointer + pointerStep(keyword);
      const reason =
        keyword === '$ref' && subset !== 'variable'
          ? follow(argument)
          : Object.hasOwn(shapes, keyword)
            ? shapes[keyword]?.(argument, (child, step) => visit(child, at + step, depth + 1), node)
            : `is not checked in the schema of ${subset === 'variable' ? 'a variable' : 'an output or a tool'}`;
      if (reason) report(at, keyword, reason);
    }
  };

  // Targets are visited last, so that a schema is reported where it stands and not where it is referred to.
  const targets = new Map<unknown, string>();
  const follow = (reference: unknown): string | undefined => {
    const target = typeof reference === 'string' ? resolveReference(root, reference) : undefined;
    if (target === undefined) return 'must point at a schema in the same document, as #/$defs/name does';
    targets.set(target, String(reference).slice(1));
    return undefined;
  };

  visit(schema, '', 0);
  for (const [target, pointer] of targets) visit(target, pointer, 0);
  return found;
}
