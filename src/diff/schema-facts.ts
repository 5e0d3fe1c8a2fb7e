import { isObject, type JsonValue, member, pointerTo } from '../model/index.ts';

/** What two schemas say differently in so many words, place by place. It explains a verdict; it never makes one. */
export interface SchemaFacts {
  readonly added: readonly { readonly path: string; readonly required: boolean }[];
  readonly removed: readonly { readonly path: string; readonly required: boolean }[];
  readonly enumAdded: readonly { readonly path: string; readonly values: readonly JsonValue[] }[];
  readonly enumRemoved: readonly { readonly path: string; readonly values: readonly JsonValue[] }[];
}

export function schemaFacts(old: JsonValue, now: JsonValue): SchemaFacts {
  const facts = { added: [], removed: [], enumAdded: [], enumRemoved: [] } as {
    -readonly [Name in keyof SchemaFacts]: SchemaFacts[Name][number][];
  };
  const visit = (before: JsonValue | undefined, after: JsonValue | undefined, path: string, depth: number): void => {
    if (!isObject(before) || !isObject(after) || depth > 32) return;
    compareEnums(before['enum'], after['enum'], path);
    const oldNames = propertiesOf(before);
    const newNames = propertiesOf(after);
    for (const [name, schema] of Object.entries(newNames)) {
      const here = pointerTo(path, name);
      if (!Object.hasOwn(oldNames, name)) facts.added.push({ path: here, required: isRequired(after, name) });
      else visit(oldNames[name], schema, here, depth + 1);
    }
    for (const name of Object.keys(oldNames)) {
      if (!Object.hasOwn(newNames, name))
        facts.removed.push({ path: pointerTo(path, name), required: isRequired(before, name) });
    }
    visit(before['items'], after['items'], pointerTo(path, '*'), depth + 1);
  };
  const compareEnums = (before: JsonValue | undefined, after: JsonValue | undefined, path: string): void => {
    if (!Array.isArray(before) || !Array.isArray(after)) return;
    const added = without(after as JsonValue[], before as JsonValue[]);
    const removed = without(before as JsonValue[], after as JsonValue[]);
    if (added.length > 0) facts.enumAdded.push({ path, values: added });
    if (removed.length > 0) facts.enumRemoved.push({ path, values: removed });
  };
  visit(old, now, '', 0);
  return facts;
}

function propertiesOf(schema: JsonValue): { readonly [name: string]: JsonValue } {
  const properties = member(schema, 'properties');
  return isObject(properties) ? properties : {};
}

function isRequired(schema: JsonValue, name: string): boolean {
  const required = member(schema, 'required');
  return Array.isArray(required) && required.includes(name);
}

/** A path into values as people write it: `/orders/*` for any member of a list. */
export function matchesPath(fact: string, instance: string): boolean {
  const pattern = fact.split('/');
  const parts = instance.split('/');
  return pattern.length === parts.length && pattern.every((part, at) => part === '*' || part === parts[at]);
}

/** Those of `values` that `others` does not have. */
function without(values: readonly JsonValue[], others: readonly JsonValue[]): JsonValue[] {
  const known = new Set(others.map((value) => JSON.stringify(value)));
  return values.filter((value) => !known.has(JSON.stringify(value)));
}
