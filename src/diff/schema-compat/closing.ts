import { type Document } from './document.ts';
import { isObject, type JsonObject } from './json.ts';
import { eachSchema, isInPlace, mapSchemas, type Schema } from './positions.ts';

/** A document changed for tolerant comparison. */
export interface Changed {
  readonly document: Document;
  /** Whether something inside a `oneOf` was changed, which can both narrow and widen it. */
  readonly insideOneOf: boolean;
}

const applicators = ['allOf', 'anyOf', 'oneOf', '$ref', 'then', 'else', 'dependentSchemas'];
const says = (schema: JsonObject): boolean =>
  Object.hasOwn(schema, 'additionalProperties') || Object.hasOwn(schema, 'unevaluatedProperties');

/**
 * What a writer of `document` means to send: objects carry no members beside those named. An object is closed once, at the
 * outside of its place, where members are named and nothing is said of the rest. Nothing under `not` or `if` is touched.
 */
export function closed(document: Document): Changed {
  let insideOneOf = false;

  function place(schema: Schema): Schema {
    if (!isObject(schema)) return schema;
    const inner = inside(schema, false);
    const named = namesIn(schema, document);
    if (says(schema) || named.size === 0) return inner;
    const required = [...requiredIn(schema, document)].filter((name) => !named.has(name));
    const properties = {
      ...(inner['properties'] as JsonObject),
      ...Object.fromEntries(required.map((name) => [name, true])),
    };
    const composed = applicators.some((keyword) => keyword in schema);
    const own = required.length > 0 ? { ...inner, properties } : inner;
    return { ...own, [composed ? 'unevaluatedProperties' : 'additionalProperties']: false };
  }

  function inside(schema: JsonObject, namedAround: boolean): JsonObject {
    const { anyOf: _any, oneOf: _one, ...conjuncts } = schema;
    const named = namedAround || namesIn(conjuncts, document).size > 0;
    const bounded = Object.hasOwn(schema, 'maxContains');
    const changed = mapSchemas(schema, (child, keyword) => {
      if (keyword === 'not' || keyword === 'if' || keyword === 'propertyNames' || (keyword === 'contains' && bounded))
        return child;
      if (!isInPlace(keyword)) return place(child);
      const branch = isObject(child) ? inside(child, named) : child;
      if (keyword !== 'anyOf' && keyword !== 'oneOf') return branch;
      const answer = named ? branch : keepMapOpen(child, branch);
      if (keyword === 'oneOf' && answer !== child && JSON.stringify(answer) !== JSON.stringify(child))
        insideOneOf = true;
      return answer;
    });
    return renamed(changed);
  }

  // Beside branches that name members, one that names none is a map: closing outside must not shut it.
  function keepMapOpen(branch: Schema, changed: Schema): Schema {
    if (branch === false || namesIn(branch, document).size > 0 || (isObject(branch) && says(branch))) return changed;
    return { ...(isObject(changed) ? changed : {}), additionalProperties: true };
  }

  const root = place(document.root);
  const definitions = withChanged(document, (schema) => inside(schema, false));
  return { document: { root, definitions }, insideOneOf };
}

/** What a tolerant reader of `document` accepts: members beside those named are no error. Only `false` is dropped. */
export function opened(document: Document): Changed {
  let insideOneOf = false;

  function open(schema: Schema): Schema {
    if (!isObject(schema)) return schema;
    const changed: Record<string, unknown> = { ...schema };
    for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
      if (changed[keyword] === false) delete changed[keyword];
    }
    const inner = mapSchemas(changed, (child, keyword) => {
      if (keyword === 'not' || keyword === 'if' || keyword === 'propertyNames') return child;
      const answer = open(child);
      if (keyword === 'oneOf' && JSON.stringify(answer) !== JSON.stringify(child)) insideOneOf = true;
      return answer;
    });
    return renamed(inner);
  }

  const definitions = withChanged(document, (schema) => open(schema) as JsonObject);
  return { document: { root: open(document.root), definitions }, insideOneOf };
}

const changedName = (name: string): string => `${name}-changed`;

function renamed(schema: JsonObject): JsonObject {
  return typeof schema['$ref'] === 'string' ? { ...schema, $ref: changedName(schema['$ref']) } : schema;
}

function withChanged(document: Document, change: (schema: JsonObject) => JsonObject): Map<string, Schema> {
  const definitions = new Map(document.definitions);
  for (const [name, schema] of document.definitions) {
    definitions.set(changedName(name), isObject(schema) ? change(schema) : schema);
  }
  return definitions;
}

function namesIn(schema: Schema, document: Document): ReadonlySet<string> {
  return collect(schema, document, ({ properties }) => (isObject(properties) ? Object.keys(properties) : []));
}

function requiredIn(schema: Schema, document: Document): ReadonlySet<string> {
  return collect(schema, document, ({ required }) => (Array.isArray(required) ? (required as string[]) : []));
}

/** Collects names over a schema and those that speak of the same value, except under `not` and `if`. */
function collect(
  schema: Schema,
  document: Document,
  names: (schema: JsonObject) => readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<Schema>();
  const pending: (Schema | undefined)[] = [schema];
  while (pending.length > 0) {
    const next = pending.pop();
    if (!isObject(next) || seen.has(next)) continue;
    seen.add(next);
    for (const name of names(next)) found.add(name);
    if (typeof next['$ref'] === 'string') pending.push(document.definitions.get(next['$ref']));
    eachSchema(next, (child, keyword) => {
      if (isInPlace(keyword) && keyword !== 'not' && keyword !== 'if') pending.push(child);
    });
  }
  return found;
}
