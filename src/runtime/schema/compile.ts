import { type Check, type Cursor, fail, MAX_DEPTH, newCursor, TOO_DEEP } from './cursor.ts';
import { isObject, type JsonSchema } from './json-schema.ts';
import type { Compiler, Keywords } from './keyword.ts';
import { outputKeywords, variableKeywords } from './keywords.ts';
import { pointerStep, SchemaError, type SchemaProblem } from './problem.ts';
import { resolveReference } from './reference.ts';

/** Every problem of a value, at most 50; empty (always the same frozen list) for a valid one. */
export type Validate = (value: unknown) => readonly SchemaProblem[];

// Made at the first use: a table at load would keep the wider one in every bundle.
let allKeywords: Keywords | undefined;
let narrowKeywords: Keywords | undefined;

const VALID: readonly SchemaProblem[] = /* @__PURE__ */ Object.freeze([]);

/**
 * Turns the schema of an output or a tool's parameters into a function that lists what is wrong with a value. Build once,
 * call often.
 *
 * Draft-07 and 2020-12 are read; where they differ, 2020-12 holds: keywords beside `$ref` count. Formats are asserted.
 * Numbers are finite, `multipleOf` is decimal, lengths count code points, and only own properties are present. `root` is
 * the document that `$ref` points into, the schema itself unless given. Whether a `pattern` takes linear time is looked
 * at by `unsupportedKeywords` when a bundle is made, and not again here.
 *
 * @throws {SchemaError} for a keyword the runtime doesn't check, or one whose argument is malformed.
 *
 * @example
 * const validate = compileSchema({ type: 'string', maxLength: 5 });
 * validate('short'); // []
 * validate('too long'); // [{ path: '', keyword: 'maxLength', message: 'expected at most 5 characters, got 8', ... }]
 */
export function compileSchema(schema: JsonSchema | boolean, options: { readonly root?: unknown } = {}): Validate {
  return compileWith((allKeywords ??= { ...variableKeywords(), ...outputKeywords() }), schema, options.root ?? schema);
}

/**
 * The same for the schema of a variable: the narrower subset, and with it the smaller code. A keyword that only outputs
 * may use is refused.
 *
 * @throws {SchemaError} as `compileSchema` does.
 */
export function compileVariable(schema: JsonSchema | boolean): Validate {
  return compileWith((narrowKeywords ??= variableKeywords()), schema, schema);
}

function compileWith(keywords: Keywords, schema: unknown, root: unknown): Validate {
  const check = compileNode(keywords, schema, root);
  // A valid value leaves its cursor as it found it, so one serves many renders: allocating it is what a check mostly costs.
  let spare: Cursor | undefined = newCursor();
  return (value) => {
    const at = spare ?? newCursor();
    spare = undefined;
    try {
      check(value, at);
    } catch (error) {
      if (error !== TOO_DEEP) throw error;
      fail(at, '/depth', `a value of at most ${MAX_DEPTH} levels`, value, 'a deeper one');
    }
    if (at.failures > 0) return at.problems;
    spare = at;
    return VALID;
  };
}

function compileNode(keywords: Keywords, schema: unknown, root: unknown): Check {
  // Each schema object is compiled once, which is what lets references recur.
  const known = new Map<unknown, Check>();

  const compile: Compiler['compile'] = (schema, pointer) => {
    if (typeof schema === 'boolean') return (value, at) => void (schema || fail(at, pointer, 'nothing here', value));
    if (!isObject(schema)) throw new SchemaError('a schema must be a mapping, true or false', pointer);
    const earlier = known.get(schema);
    if (earlier) return earlier;
    const checks: Check[] = [];
    const check: Check = (value, at) => {
      if (++at.depth > MAX_DEPTH) throw TOO_DEEP;
      for (let i = 0; i < checks.length; i++) checks[i]!(value, at);
      at.depth--;
    };
    known.set(schema, check);
    for (const [name, argument] of Object.entries(schema)) {
      const path = pointer + pointerStep(name);
      const keyword = Object.hasOwn(keywords, name) ? keywords[name] : undefined;
      const fault = keyword ? keyword.takes(argument, schema) : 'is not checked by the runtime';
      if (fault) throw new SchemaError(`"${name}" ${fault}`, path);
      if (keyword?.check) checks.push(keyword.check(argument as never, path, schema, compiler));
    }
    return check;
  };

  const compiler: Compiler = { compile, resolve: (reference) => resolveReference(root, reference) };
  return compile(schema, '');
}
