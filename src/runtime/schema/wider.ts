import { alternatives, compileAll } from './alternatives.ts';
import { bound } from './assertions.ts';
import { canonical } from './canonical.ts';
import { checkMember, fail, type Check } from './cursor.ts';
import { type Compiler, flag, type Keywords, positive, schema, schemaList, schemaMap, text } from './keyword.ts';
import { eachFrom, onList } from './members.ts';
import { isMultipleOf } from './multiple-of.ts';
import { SchemaError } from './problem.ts';
import { types } from './type.ts';

export const DEAD_REFERENCE = 'must point at a schema in the same document, as #/$defs/name does';

/** One schema for each of the first members. */
const tuple = (schemas: readonly unknown[], path: string, compiler: Compiler): Check => {
  const checks = compileAll(schemas, path, compiler);
  return onList((list, at) => {
    for (let i = 0; i < checks.length && i < list.length; i++) checkMember(checks[i]!, list[i], i, at);
  });
};

/** How many of the first members have schemas of their own. */
const lengthOf = (schemas: unknown): number => (Array.isArray(schemas) ? schemas.length : 0);

/** What the schema of an output or a tool may say beyond that of a variable. */
export const WIDER: Keywords = {
  type: types,
  nullable: {
    takes: (argument, around) => (around.type === undefined ? 'has no meaning without a type' : flag(argument, around)),
  },
  multipleOf: /* @__PURE__ */ bound(isMultipleOf, 'a multiple of', positive),
  uniqueItems: {
    takes: flag,
    check: (isUnique: boolean, path) =>
      onList((list, at) => {
        if (!isUnique || new Set(list.map((member) => canonical(member))).size === list.length) return;
        fail(at, path, 'members that all differ', list, 'the same one twice');
      }),
  },
  items: {
    // Draft-07 writes a tuple as a list here.
    takes: (argument, around) => (Array.isArray(argument) ? schemaList : schema)(argument, around),
    check: (argument: unknown, path, { prefixItems }, compiler) =>
      Array.isArray(argument)
        ? tuple(argument, path, compiler)
        : eachFrom(lengthOf(prefixItems), compiler.compile(argument, path)),
  },
  prefixItems: {
    takes: (argument, around) =>
      Array.isArray(around.items) ? 'can not stand beside a list of items' : schemaList(argument, around),
    check: (schemas: readonly unknown[], path, _schema, compiler) => tuple(schemas, path, compiler),
  },
  additionalItems: {
    takes: (argument, around) =>
      Array.isArray(around.items) ? schema(argument, around) : 'has no meaning without a list of items',
    check: (argument: unknown, path, { items }, { compile }) => eachFrom(lengthOf(items), compile(argument, path)),
  },
  anyOf: /* @__PURE__ */ alternatives(false),
  oneOf: /* @__PURE__ */ alternatives(true),
  allOf: {
    takes: schemaList,
    check: (schemas: readonly unknown[], path, _schema, compiler) => {
      const checks = compileAll(schemas, path, compiler);
      return (value, at) => {
        for (const check of checks) check(value, at);
      };
    },
  },
  $defs: { takes: schemaMap },
  definitions: { takes: schemaMap },
  $ref: {
    takes: text,
    check: (reference: string, path, _schema, { compile, resolve }) => {
      const target = resolve(reference);
      if (target === undefined) throw new SchemaError(`"$ref" ${DEAD_REFERENCE}`, path);
      return compile(target, reference.slice(1));
    },
  },
};
