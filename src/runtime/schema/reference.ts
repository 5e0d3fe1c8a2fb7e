import { isObject } from './json-schema.ts';

/** What a local `$ref` points at inside `root` ('#', or '#' and a JSON pointer), or undefined where there is nothing. */
export function resolveReference(root: unknown, reference: string): unknown {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let target = root;
  for (const step of reference.split('/').slice(1)) {
    const key = decoded(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (!(isObject(target) || Array.isArray(target)) || !Object.hasOwn(target, key)) return undefined;
    target = Reflect.get(target, key);
  }
  return target;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    // A stray '%' is no escape: the step is taken as it is written.
    return step;
  }
}
