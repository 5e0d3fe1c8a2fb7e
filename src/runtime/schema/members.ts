import { checkMember, fail, type Check, type Cursor } from './cursor.ts';
import { isObject, type JsonObject } from './json-schema.ts';
import { type Keywords, names, schema, schemaMap } from './keyword.ts';
import { describe, pointerStep } from './problem.ts';

export const onList =
  (check: (list: readonly unknown[], at: Cursor) => void): Check =>
  (value, at) => {
    if (Array.isArray(value)) check(value, at);
  };

const onObject =
  (check: (object: JsonObject, at: Cursor) => void): Check =>
  (value, at) => {
    if (isObject(value)) check(value, at);
  };

/** Checks every member of a list from `start` on. */
export const eachFrom = (start: number, check: Check): Check =>
  onList((list, at) => {
    for (let i = start; i < list.length; i++) checkMember(check, list[i], i, at);
  });

/** What a variable's schema may say of the members of lists and objects. */
export const MEMBERS: Keywords = {
  properties: {
    takes: schemaMap,
    check: (schemas: JsonObject, path, _schema, { compile }) => {
      const checks = Object.entries(schemas).map(
        ([name, schema]) => [name, compile(schema, path + pointerStep(name))] as const,
      );
      return onObject((object, at) => {
        for (const [name, check] of checks) if (Object.hasOwn(object, name)) checkMember(check, object[name], name, at);
      });
    },
  },
  required: {
    takes: names,
    check: (required: readonly string[], path) =>
      onObject((object, at) => {
        for (const name of required) {
          if (!Object.hasOwn(object, name)) fail(at, path, `property ${JSON.stringify(name)}`, object, 'none');
        }
      }),
  },
  additionalProperties: {
    takes: schema,
    check: (schema: unknown, path, { properties }, { compile }) => {
      const declared = new Set(Object.keys(properties ?? {}));
      const refused: Check = (_value, at) =>
        fail(at, path, 'no property of this name', undefined, describe(at.keys[at.keys.length - 1]));
      const check = schema === false ? refused : compile(schema, path);
      return onObject((object, at) => {
        for (const name of Object.keys(object)) if (!declared.has(name)) checkMember(check, object[name], name, at);
      });
    },
  },
  items: {
    takes: schema,
    check: (schema: unknown, path, _schema, { compile }) => eachFrom(0, compile(schema, path)),
  },
};
