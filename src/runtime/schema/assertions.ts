import { canonical } from './canonical.ts';
import { fail, type Check } from './cursor.ts';
import { FORMATS } from './formats.ts';
import { isObject } from './json-schema.ts';
import { anything, count, type Keyword, type Keywords, number, type Takes, values } from './keyword.ts';

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

/** A keyword that compares a number with its argument. */
/* @__NO_SIDE_EFFECTS__ */
export const bound = (
  holds: (value: number, limit: number) => boolean,
  words: string,
  takes: Takes = number,
): Keyword => ({
  takes,
  check: (limit: number, path) => (value, at) => {
    if (typeof value === 'number' && !holds(value, limit)) fail(at, path, `${words} ${limit}`, value);
  },
});

/** A keyword that compares a size, undefined for values that have none, with its argument. */
/* @__NO_SIDE_EFFECTS__ */
const sized = (
  isMaximum: boolean,
  unit: string,
  size: (value: unknown, limit: number) => number | undefined,
): Keyword => ({
  takes: count,
  check: (limit: number, path) => (value, at) => {
    const found = size(value, limit);
    if (found === undefined || (isMaximum ? found <= limit : found >= limit)) return;
    fail(at, path, `at ${isMaximum ? 'most' : 'least'} ${limit} ${unit}`, value, `${found}`);
  },
});

/** Characters are code points: an emoji counts once, though JavaScript's length says 2. */
const characters = (text: string): number => {
  let found = 0;
  for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) found++;
  return found;
};

// A text holds at most its length in characters and at least half of it, so that most need no counting.
const shortest = (value: unknown, limit: number): number | undefined =>
  typeof value === 'string' ? (value.length < limit * 2 ? characters(value) : value.length) : undefined;
const longest = (value: unknown, limit: number): number | undefined =>
  typeof value === 'string' ? (value.length > limit ? characters(value) : value.length) : undefined;

const members = (value: unknown): number | undefined => (Array.isArray(value) ? value.length : undefined);
const properties = (value: unknown): number | undefined => (isObject(value) ? Object.keys(value).length : undefined);

const spelled =
  (expected: string, test: (value: string) => boolean, path: string): Check =>
  (value, at) => {
    if (typeof value === 'string' && !test(value)) fail(at, path, expected, value);
  };

const isPattern = (source: unknown): boolean => {
  try {
    return typeof source === 'string' && new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
};

/** What a variable's schema may say of a value without looking into it. */
export const ASSERTIONS: Keywords = {
  enum: {
    takes: values,
    check: (allowed: readonly unknown[], path) => oneOf(allowed, path, `one of ${listed(allowed)}`),
  },
  const: { takes: anything, check: (allowed: unknown, path) => oneOf([allowed], path, listed([allowed])) },
  minimum: bound((value, limit) => value >= limit, 'at least'),
  maximum: bound((value, limit) => value <= limit, 'at most'),
  exclusiveMinimum: bound((value, limit) => value > limit, 'more than'),
  exclusiveMaximum: bound((value, limit) => value < limit, 'less than'),
  minLength: sized(false, 'characters', shortest),
  maxLength: sized(true, 'characters', longest),
  minItems: sized(false, 'members', members),
  maxItems: sized(true, 'members', members),
  minProperties: sized(false, 'properties', properties),
  maxProperties: sized(true, 'properties', properties),
  pattern: {
    takes: (argument) => !isPattern(argument) && 'must be a regular expression',
    check: (source: string, path) => {
      const pattern = new RegExp(source, 'u');
      return spelled(`text that matches ${source}`, (value) => pattern.test(value), path);
    },
  },
  format: {
    takes: (argument) =>
      !(typeof argument === 'string' && Object.hasOwn(FORMATS, argument)) &&
      `must be one of ${Object.keys(FORMATS).join(', ')}`,
    check: (name: string, path) => spelled(`a ${name}`, FORMATS[name]!, path),
  },
};
