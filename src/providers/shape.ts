import { ProviderError } from './error.ts';

/** Reads of an answer whose shape is not to be trusted. Each gives undefined, or throws where the name says `must`. */
export type Shape = Readonly<Record<string, unknown>>;

export function shapeOf(value: unknown): Shape | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Shape) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function mustBe<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new ProviderError('malformed', `The answer has no ${what}`);
  return value;
}

/** An object without its undefined members, as request bodies and completions are written. */
export function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) if (member !== undefined) kept[key] = member;
  return kept as { [K in keyof T]: Exclude<T[K], undefined> };
}
