import { canonical } from './canonical.ts';
import { fail, type Check } from './cursor.ts';
import { FORMATS } from './formats.ts';
import { isObject, type JsonSchema, type JsonType } from './json-schema.ts';
import { isMultipleOf } from './multiple-of.ts';

/** Builds the check of one keyword; `path` is the JSON pointer to the keyword. */
type Assertion = (argument: never, path: string, schema: JsonSchema) => Check;

const IS_TYPE: Readonly<Record<JsonType, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: Number.isFinite,
  integer: Number.isInteger,
  array: Array.isArray,
  object: isObject,
};

const type: Assertion = (argument: JsonType | readonly JsonType[], path, { nullable }) => {
  const types = [argument].flat() as JsonType[];
  if (nullable === true) types.push('null');
  const tests = types.map((name) => IS_TYPE[name]);
  const expected = types.join(' or ');
  const [only] = tests;
  return only && tests.length === 1
    ? (value, at) => void (only(value) || fail(at, path, expected, value))
    : (value, at) => void (tests.some((test) => test(value)) || fail(at, path, expected, value));
};

/** Primitives are looked up as they are; lists and objects by their canonical text. */
const oneOf = (allowed: readonly unknown[], path: string, expected: string): Check => {
  const primitives = new Set(allowed);
  const structures = new Set(allowed.filter((member) => typeof member === 'object').map((member) => canonical(member)));
  return (value, at) => {
    if (primitives.has(value) || (structures.size > 0 && structures.has(canonical(value)))) return;
    fail(at, path, expected, value);
  };
};

const listed = (members: readonly unknown[]): string => {
  const text = members.map((member) => JSON.stringify(member)).join(', ');
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

const bound =
  (holds: (value: number, limit: number) => boolean, words: string): Assertion =>
  (limit: number, path) =>
  (value, at) => {
    if (typeof value === 'number' && !holds(value, limit)) fail(at, path, `${words} ${limit}`, value);
  };

/** Characters are code points: an emoji counts once, though JavaScript's length says 2. */
const characters = (text: string): number => {
  let count = 0;
  for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) count++;
  return count;
};

const sized =
  (words: string, size: (value: unknown) => number | undefined, isMaximum: boolean, unit: string): Assertion =>
  (limit: number, path) =>
  (value, at) => {
    const found = size(value);
    if (found === undefined || (isMaximum ? found <= limit : found >= limit)) return;
    fail(at, path, `${words} ${limit} ${unit}`, value, String(found));
  };

const members = (value: unknown): number | undefined => (Array.isArray(value) ? value.length : undefined);
const properties = (value: unknown): number | undefined => (isObject(value) ? Object.keys(value).length : undefined);

const text =
  (expected: string, test: (value: string) => boolean, path: string): Check =>
  (value, at) => {
    if (typeof value === 'string' && !test(value)) fail(at, path, expected, value);
  };

/** The keywords that look at a value without looking at its members. */
export const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  type,
  enum: (allowed: readonly unknown[], path) => oneOf(allowed, path, `one of ${listed(allowed)}`),
  const: (allowed: unknown, path) => oneOf([allowed], path, listed([allowed])),
  minimum: bound((value, limit) => value >= limit, 'at least'),
  maximum: bound((value, limit) => value <= limit, 'at most'),
  exclusiveMinimum: bound((value, limit) => value > limit, 'more than'),
  exclusiveMaximum: bound((value, limit) => value < limit, 'less than'),
  multipleOf: bound(isMultipleOf, 'a multiple of'),
  minItems: sized('at least', members, false, 'members'),
  maxItems: sized('at most', members, true, 'members'),
  minProperties: sized('at least', properties, false, 'properties'),
  maxProperties: sized('at most', properties, true, 'properties'),
  // Length in UTF-16 units bounds the count of characters from above and half of it from below: most texts need no count.
  minLength: (limit: number, path) => (value, at) => {
    if (typeof value !== 'string' || value.length >= limit * 2) return;
    const found = characters(value);
    if (found < limit) fail(at, path, `at least ${limit} characters`, value, String(found));
  },
  maxLength: (limit: number, path) => (value, at) => {
    if (typeof value !== 'string' || value.length <= limit) return;
    const found = characters(value);
    if (found > limit) fail(at, path, `at most ${limit} characters`, value, String(found));
  },
  pattern: (source: string, path) => {
    const pattern = new RegExp(source, 'u');
    return text(`text that matches ${source}`, (value) => pattern.test(value), path);
  },
  format: (name: string, path) => text(`a ${name}`, FORMATS[name]!, path),
  uniqueItems: (isUnique: boolean, path) => (value, at) => {
    if (!isUnique || !Array.isArray(value) || new Set(value.map((member) => canonical(member))).size === value.length)
      return;
    fail(at, path, 'members that all differ', value, 'the same one twice');
  },
};
