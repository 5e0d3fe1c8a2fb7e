import { fail } from './cursor.ts';
import { isObject, type JsonType } from './json-schema.ts';
import type { Keyword, Takes } from './keyword.ts';

const IS_TYPE: Readonly<Record<JsonType, (value: unknown) => boolean>> = {
  null: (value) => value === null,
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  number: Number.isFinite,
  integer: Number.isInteger,
  array: Array.isArray,
  object: isObject,
};

const takesType: Takes = (argument) =>
  !(typeof argument === 'string' && Object.hasOwn(IS_TYPE, argument)) &&
  `must be one of ${Object.keys(IS_TYPE).join(', ')}`;

/** The type of a variable: one. */
export const oneType: Keyword = {
  takes: takesType,
  check: (type: JsonType, path) => {
    const isType = IS_TYPE[type];
    return (value, at) => {
      if (!isType(value)) fail(at, path, type, value);
    };
  },
};

/** The type of an output: one, or a list of which one must fit; `nullable` adds null to them. */
export const types: Keyword = {
  takes: (argument, schema) => {
    if (!Array.isArray(argument)) return takesType(argument, schema);
    return argument.length > 0 ? (argument.map((type) => takesType(type, schema)).find(Boolean) ?? false) : 'is empty';
  },
  check: (argument: JsonType | readonly JsonType[], path, { nullable }) => {
    const written = typeof argument === 'string' ? [argument] : argument;
    const allowed: readonly JsonType[] = nullable === true ? [...written, 'null'] : written;
    const expected = allowed.join(' or ');
    const tests = allowed.map((type) => IS_TYPE[type]);
    return (value, at) => {
      if (!tests.some((test) => test(value))) fail(at, path, expected, value);
    };
  },
};
