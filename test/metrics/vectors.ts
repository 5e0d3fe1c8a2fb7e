import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';

// The owner's reference vectors stand beside the repository and aren't part of it; the repository's own are in fixtures.
const folder = new URL('../../../shared/vectors/metrics/', import.meta.url);

/** Describes tests over the vectors of one file, skipped, and said so, where they aren't there. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- each test says what shape its vectors have
export function describeVectors<T>(name: string, body: (vectors: T) => void): void {
  const file = new URL(`${name}.json`, folder);
  if (existsSync(file)) describe(`reference vectors: ${name}`, () => body(JSON.parse(readFileSync(file, 'utf8')) as T));
  else it.skip(`reference vectors: ${name} aren't beside the repository`);
}
