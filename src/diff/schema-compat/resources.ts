import { dialectOf, type Dialect } from './dialect.ts';
import { isObject, jsonProblem, type JsonObject } from './json.ts';
import { eachSchema } from './positions.ts';
import { Refusal } from './refusal.ts';

/** Reads the document a `$ref` points to: `reference` as written, without its fragment, found in the document at `from`. */
export type Fetch = (reference: string, from: string | undefined) => { address: string; schema: unknown } | undefined;

/** A schema with an address of its own: what a `$ref` with only a fragment looks into. */
export interface Resource {
  readonly root: unknown;
  readonly base: string;
  readonly address: string | undefined;
  readonly dialect: Dialect;
  readonly anchors: Map<string, JsonObject>;
}

export interface Target {
  readonly schema: unknown;
  readonly resource: Resource;
}

export interface Resources {
  readonly main: Resource;
  /** The resource in which `schema` stands, or `around` when it was never reached through schema positions. */
  of(schema: JsonObject, around: Resource): Resource;
  /** What `reference`, written in `from`, points to. Throws a {@link Refusal} when that is nothing. */
  find(reference: string, from: Resource): Target;
  /** Whether any document besides the main one was read. */
  hasFetched(): boolean;
}

// Only a root for `new URL` to resolve against where a schema has no $id.
const nowhere = 'schema:///';

/** Finds every `$id` and anchor of a document, and whatever its `$ref`s point to. */
export function createResources(root: unknown, dialect: Dialect, fetch: Fetch | undefined): Resources {
  const resourceBySchema = new Map<JsonObject, Resource>();
  const resourceByBase = new Map<string, Resource>();
  const resourceByAddress = new Map<string, Resource>();

  function register(schema: unknown, base: string, address: string | undefined, dialect: Dialect): Resource {
    const resource: Resource = { root: schema, base, address, dialect, anchors: new Map() };
    if (!resourceByBase.has(base)) resourceByBase.set(base, resource);
    return resource;
  }

  function walk(schema: unknown, around: Resource): void {
    const pending: [unknown, Resource][] = [[schema, around]];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [current, outer] = next;
      if (!isObject(current) || resourceBySchema.has(current)) continue;
      const resource = enter(current, outer);
      resourceBySchema.set(current, resource);
      eachSchema(current, (child) => pending.push([child, resource]));
    }
  }

  function enter(schema: JsonObject, outer: Resource): Resource {
    const { $id: id, $anchor: anchor, $ref: ref } = schema;
    let resource = outer;
    if (typeof id === 'string' && !(outer.dialect === 'draft-07' && ref !== undefined)) {
      const [address = '', fragment = ''] = id.split('#');
      if (address !== '') resource = register(schema, resolveUri(address, outer.base), outer.address, outer.dialect);
      if (fragment !== '' && outer.dialect === 'draft-07') resource.anchors.set(fragment, schema);
    }
    if (typeof anchor === 'string' && outer.dialect === '2020-12') resource.anchors.set(anchor, schema);
    return resource;
  }

  function document(reference: string, from: Resource): Resource {
    if (reference === '') return from;
    const base = resolveUri(reference, from.base);
    const known = resourceByBase.get(base);
    if (known && known.address === from.address) return known;
    const fetched = fetch?.(reference, from.address);
    if (!fetched) throw new Refusal('unknown', '$ref', `cannot read ${reference}`);
    const before = resourceByAddress.get(fetched.address);
    if (before) return before;
    if (jsonProblem(fetched.schema))
      throw new Refusal('unknown', '$ref', `${reference} is too deep or too large to compare`);
    const named = isObject(fetched.schema) && Object.hasOwn(fetched.schema, '$schema');
    const resource = register(fetched.schema, base, fetched.address, named ? dialectOf(fetched.schema) : from.dialect);
    resourceByAddress.set(fetched.address, resource);
    walk(fetched.schema, resource);
    return resource;
  }

  const main = register(root, nowhere, undefined, dialect);
  walk(root, main);
  return {
    main,
    of: (schema, around) => resourceBySchema.get(schema) ?? around,
    hasFetched: () => resourceByAddress.size > 0,
    find(reference, from) {
      const [uri = '', ...rest] = reference.split('#');
      const resource = document(uri, from);
      const fragment = decode(rest.join('#'));
      const schema = fragment.startsWith('/') ? follow(resource.root, fragment) : anchored(resource, fragment);
      if (typeof schema !== 'boolean' && !isObject(schema)) {
        throw new Refusal('invalid', '$ref', `${reference} points to no schema`);
      }
      walk(schema, resource);
      return { schema, resource: isObject(schema) ? resourceBySchema.get(schema)! : resource };
    },
  };
}

function anchored(resource: Resource, name: string): unknown {
  return name === '' ? resource.root : resource.anchors.get(name);
}

function follow(root: unknown, pointer: string): unknown {
  let value = root;
  for (const step of pointer.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as JsonObject)[name];
  }
  return value;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function resolveUri(reference: string, base: string): string {
  try {
    return new URL(reference, base).href;
  } catch {
    throw new Refusal('invalid', '$ref', `${reference} is no address`);
  }
}
