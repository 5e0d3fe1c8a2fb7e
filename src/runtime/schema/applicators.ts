import { attempt, checkMember, fail, type Check, type Compile, type Cursor } from './cursor.ts';
import { isObject, type JsonObject, type JsonSchema } from './json-schema.ts';
import { describe, pointerStep, type SchemaProblem } from './problem.ts';

/** Builds the check of one keyword that hands members or the value itself on to other schemas. */
type Applicator = (argument: never, path: string, schema: JsonSchema, compile: Compile) => Check;

const onList =
  (check: (list: readonly unknown[], at: Cursor) => void): Check =>
  (value, at) => {
    if (Array.isArray(value)) check(value, at);
  };

const onObject =
  (check: (object: JsonObject, at: Cursor) => void): Check =>
  (value, at) => {
    if (isObject(value)) check(value, at);
  };

const compileAll = (schemas: readonly unknown[], path: string, compile: Compile): Check[] =>
  schemas.map((schema, index) => compile(schema, `${path}/${index}`));

const prefix: Applicator = (schemas: readonly unknown[], path, _schema, compile) => {
  const checks = compileAll(schemas, path, compile);
  return onList((list, at) => {
    for (let i = 0; i < checks.length && i < list.length; i++) checkMember(checks[i]!, list[i], i, at);
  });
};

const rest = (schema: unknown, start: number, path: string, compile: Compile): Check => {
  const check = compile(schema, path);
  return onList((list, at) => {
    for (let i = start; i < list.length; i++) checkMember(check, list[i], i, at);
  });
};

/** How many steps into the value the deepest problem lies. */
const reach = (problems: readonly SchemaProblem[]): number =>
  Math.max(...problems.map(({ path }) => path.split('/').length - 1));

/** The alternative that got furthest into the value says best what is wrong; problems at the value itself say little. */
const closest = (failed: readonly (readonly SchemaProblem[])[], depth: number): readonly SchemaProblem[] => {
  const best = failed.reduce((a, b) => (reach(b) > reach(a) ? b : a));
  return reach(best) > depth ? best : [];
};

const alternatives =
  (isExclusive: boolean): Applicator =>
  (schemas: readonly unknown[], path, _schema, compile) => {
    const checks = compileAll(schemas, path, compile);
    return (value, at) => {
      const failed: SchemaProblem[][] = [];
      let matches = 0;
      for (const check of checks) {
        const problems = attempt(check, value, at);
        if (problems) failed.push(problems);
        else if (++matches > 1 || !isExclusive) break;
      }
      if (matches === 1) return;
      const expected = `a match of ${isExclusive ? 'exactly' : 'at least'} one of ${checks.length} alternatives`;
      fail(at, path, expected, value, matches > 1 ? 'more' : undefined);
      if (matches === 0) at.problems.push(...closest(failed, at.keys.length));
    };
  };

/** The keywords that look into lists and objects, or combine schemas. */
export const APPLICATORS: Readonly<Record<string, Applicator>> = {
  properties: (schemas: Readonly<Record<string, unknown>>, path, _schema, compile) => {
    const checks = Object.entries(schemas).map(
      ([name, schema]) => [name, compile(schema, path + pointerStep(name))] as const,
    );
    return onObject((object, at) => {
      for (const [name, check] of checks) if (Object.hasOwn(object, name)) checkMember(check, object[name], name, at);
    });
  },
  required: (names: readonly string[], path) =>
    onObject((object, at) => {
      for (const name of names) {
        if (!Object.hasOwn(object, name)) fail(at, path, `property ${JSON.stringify(name)}`, object, 'none');
      }
    }),
  additionalProperties: (schema: unknown, path, { properties }, compile) => {
    const declared = new Set(Object.keys(properties ?? {}));
    const check = compile(schema, path);
    const refused: Check = (_value, at) =>
      fail(at, path, 'no property of this name', undefined, describe(at.keys[at.keys.length - 1]));
    return onObject((object, at) => {
      for (const name of Object.keys(object)) {
        if (!declared.has(name)) checkMember(schema === false ? refused : check, object[name], name, at);
      }
    });
  },
  items: (schema: unknown, path, { prefixItems }, compile) =>
    Array.isArray(schema)
      ? prefix(schema as never, path, {}, compile)
      : rest(schema, Array.isArray(prefixItems) ? prefixItems.length : 0, path, compile),
  prefixItems: prefix,
  additionalItems: (schema: unknown, path, { items }, compile) =>
    rest(schema, Array.isArray(items) ? items.length : 0, path, compile),
  anyOf: alternatives(false),
  oneOf: alternatives(true),
  allOf: (schemas: readonly unknown[], path, _schema, compile) => {
    const checks = compileAll(schemas, path, compile);
    return (value, at) => {
      for (const check of checks) check(value, at);
    };
  },
};
