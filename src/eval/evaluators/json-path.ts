import { isObject, type JsonValue, PromptctlError } from '../../model/index.ts';

const STEP =
  /\.\.(?<deep>[\w-]+|\*)|\.(?<name>[\w-]+|\*)|\[(?<index>-?\d+|\*)\]|\['(?<quoted>[^']*)'\]|\["(?<doubly>[^"]*)"\]/y;

/**
 * What stands at a path, in document order: names, indices (from the end where negative), `*` for all members, `..` for any depth. A
 * subset of RFC 9535 without filters or slices.
 */
export function valuesAt(value: JsonValue, path: string): JsonValue[] {
  let at = path.startsWith('$') ? 1 : 0;
  const text = at === 0 && !/^[.[]/.test(path) ? `.${path}` : path;
  let values = [value];
  while (at < text.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    if (!step) throw new PromptctlError('config', `${path} is no path: unexpected ${JSON.stringify(text.slice(at))}`);
    const { deep, name, index, quoted, doubly } = step.groups!;
    if (deep !== undefined) values = values.flatMap(descendants).flatMap((member) => membersAt(member, deep));
    else if (index !== undefined && index !== '*') values = values.flatMap((member) => itemAt(member, Number(index)));
    else
      values = values.flatMap((member) =>
        membersAt(member, name ?? index ?? quoted ?? doubly ?? '', quoted === undefined && doubly === undefined),
      );
    at = STEP.lastIndex;
  }
  return values;
}

function membersAt(value: JsonValue, name: string, isPattern = true): JsonValue[] {
  if (name === '*' && isPattern)
    return Array.isArray(value) ? [...(value as readonly JsonValue[])] : isObject(value) ? Object.values(value) : [];
  return isObject(value) && Object.hasOwn(value, name) ? [value[name]!] : [];
}

function itemAt(value: JsonValue, index: number): JsonValue[] {
  const item = Array.isArray(value) ? (value.at(index) as JsonValue | undefined) : undefined;
  return item === undefined ? [] : [item];
}

function descendants(value: JsonValue): JsonValue[] {
  return [value, ...membersAt(value, '*').flatMap(descendants)];
}
