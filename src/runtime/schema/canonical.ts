import { MAX_DEPTH, TOO_DEEP } from './cursor.ts';

/**
 * A text that two values share exactly when JSON Schema calls them equal: members in any order, 1 and 1.0 the same,
 * 1 and "1" not. Comparing texts keeps `uniqueItems` linear where comparing pairs would be quadratic.
 */
export function canonical(value: unknown, depth = 0): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? `${value}n` : String(value);
  if (depth > MAX_DEPTH) throw TOO_DEEP;
  if (Array.isArray(value)) return `[${value.map((member) => canonical(member, depth + 1)).join(',')}]`;
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${canonical(member, depth + 1)}`,
  );
  return `{${members.sort().join(',')}}`;
}
