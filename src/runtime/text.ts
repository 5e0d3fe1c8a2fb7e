import { PromptError } from './errors.ts';

/**
 * The one rule that turns a value into text, written down so that a loader in any language gives the same bytes:
 * a string is itself; a finite number is ECMA-262's Number::toString; a boolean is `true` or `false`; a list or an object is
 * JSON without spaces (ECMA-262's JSON.stringify). Nothing else has a text.
 *
 * @throws PromptError `value-unprintable` for null, undefined, a number that is not finite, or anything JSON has no word for.
 */
export function toText(value: unknown, path = ''): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      if (Number.isFinite(value)) return String(value);
      break;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value !== null) return toJson(value, path);
      break;
    default:
  }
  throw unprintable(value, path);
}

/** JSON without spaces. @throws PromptError `value-unprintable` where JSON has no word for the value. */
export function toJson(value: unknown, path = ''): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value, finite);
  } catch {
    // A cycle or a bigint: reported below like every other value without a text.
  }
  if (text === undefined) throw unprintable(value, path);
  return text;
}

/** Handlebars' truth: false, null, undefined, 0, NaN, "" and the empty list are false. */
export function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function finite(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not finite');
  return value;
}

function unprintable(value: unknown, path: string): PromptError {
  const what =
    value === undefined
      ? 'has no value here; give it one, or write it inside {{#if}}'
      : value === null
        ? 'is null, which has no text'
        : `cannot be written as text (${typeof value === 'number' ? String(value) : typeof value})`;
  const message = `${path ? `\`${path.slice(1).replaceAll('/', '.')}\`` : 'The value'} ${what}`;
  return new PromptError('value-unprintable', message, [{ path, message }]);
}
