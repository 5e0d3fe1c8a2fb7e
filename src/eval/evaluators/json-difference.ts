import { isObject, type JsonValue, pointerTo } from '../../model/index.ts';

export interface DifferenceOptions {
  /** JSON pointers that are not compared. */
  readonly ignore?: ReadonlySet<string>;
  readonly tolerance?: number;
  /** Members that only the actual value has are allowed. */
  readonly extra?: boolean;
}

/** Where and how two values first differ, in words; undefined where they are the same. */
export function firstDifference(
  expected: JsonValue,
  actual: JsonValue,
  options: DifferenceOptions = {},
  pointer = '',
): string | undefined {
  if (options.ignore?.has(pointer)) return undefined;
  const differs = (): string =>
    `${pointer || 'the value'} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs();
    return first(expected.keys(), (at) =>
      firstDifference(expected[at] as JsonValue, actual[at] as JsonValue, options, pointerTo(pointer, at)),
    );
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return differs();
    const extra = options.extra
      ? undefined
      : Object.keys(actual).find(
          (key) => !Object.hasOwn(expected, key) && !options.ignore?.has(pointerTo(pointer, key)),
        );
    if (extra !== undefined) return `${pointerTo(pointer, extra)} is not expected`;
    return first(Object.keys(expected), (key) => {
      const place = pointerTo(pointer, key);
      if (options.ignore?.has(place)) return undefined;
      return Object.hasOwn(actual, key)
        ? firstDifference(expected[key]!, actual[key]!, options, place)
        : `${place} is missing`;
    });
  }
  if (
    typeof expected === 'number' &&
    typeof actual === 'number' &&
    Math.abs(expected - actual) <= (options.tolerance ?? 0)
  )
    return undefined;
  return Object.is(expected, actual) ? undefined : differs();
}

function first<T>(keys: Iterable<T>, find: (key: T) => string | undefined): string | undefined {
  for (const key of keys) {
    const found = find(key);
    if (found !== undefined) return found;
  }
  return undefined;
}
