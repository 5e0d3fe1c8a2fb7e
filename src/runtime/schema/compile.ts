import { APPLICATORS } from './applicators.ts';
import { ASSERTIONS } from './assertions.ts';
import { fail, MAX_DEPTH, newCursor, TOO_DEEP, type Check, type Compile } from './cursor.ts';
import { isObject, type JsonSchema } from './json-schema.ts';
import { pointerStep, SchemaError, type SchemaProblem } from './problem.ts';
import { resolveReference } from './reference.ts';
import { unsupportedKeywords } from './support.ts';

/** Every problem of a value, at most 50; empty (always the same frozen list) for a valid one. */
export type Validate = (value: unknown) => readonly SchemaProblem[];

const VALID: readonly SchemaProblem[] = Object.freeze([]);

/**
 * Turns a schema into a function that lists what is wrong with a value. Build once, call on every render.
 *
 * It checks the wider subset (outputs and tools) of draft-07 and 2020-12; where they differ, 2020-12 holds: keywords
 * beside `$ref` count. Formats are asserted. Numbers are finite, `multipleOf` is decimal, lengths count code points, and
 * only own properties count as present. `root` is the document that `$ref` points into, the schema itself unless given.
 *
 * @throws {SchemaError} for a keyword the runtime doesn't check, or a malformed one.
 *
 * @example
 * const validate = compileSchema({ type: 'string', maxLength: 5 });
 * validate('short'); // []
 * validate('too long'); // [{ path: '', keyword: 'maxLength', message: 'expected at most 5 characters, got 8', ... }]
 */
export function compileSchema(schema: JsonSchema | boolean, options: { readonly root?: unknown } = {}): Validate {
  const root = options.root ?? schema;
  const [fault] = unsupportedKeywords(schema, 'any', root);
  if (fault) throw new SchemaError(fault.reason, fault.pointer);
  const check = compiler(root)(schema, '');
  return (value) => {
    const at = newCursor();
    try {
      check(value, at);
    } catch (error) {
      if (error !== TOO_DEEP) throw error;
      fail(at, '/depth', `a value of at most ${MAX_DEPTH} levels`, value, 'a deeper one');
    }
    return at.failures > 0 ? at.problems : VALID;
  };
}

/** Each schema object is compiled once, which is what lets references recur. */
function compiler(root: unknown): Compile {
  const known = new Map<unknown, Check>();

  const compile: Compile = (schema, pointer) => {
    if (!isObject(schema)) {
      return schema === false ? (value, at) => fail(at, pointer, 'nothing here', value) : () => undefined;
    }
    const earlier = known.get(schema);
    if (earlier) return earlier;
    const checks: Check[] = [];
    const check: Check = (value, at) => {
      if (++at.depth > MAX_DEPTH) throw TOO_DEEP;
      for (let i = 0; i < checks.length; i++) checks[i]!(value, at);
      at.depth--;
    };
    known.set(schema, check);
    for (const [keyword, argument] of Object.entries(schema)) {
      const path = pointer + pointerStep(keyword);
      if (keyword === '$ref')
        checks.push(compile(resolveReference(root, argument as string), (argument as string).slice(1)));
      else if (Object.hasOwn(ASSERTIONS, keyword)) checks.push(ASSERTIONS[keyword]!(argument as never, path, schema));
      else if (Object.hasOwn(APPLICATORS, keyword))
        checks.push(APPLICATORS[keyword]!(argument as never, path, schema, compile));
    }
    return check;
  };

  return compile;
}
