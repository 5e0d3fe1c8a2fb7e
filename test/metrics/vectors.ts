import { existsSync, readFileSync } from 'node:fs';
import { describe } from 'vitest';

// The owner's reference vectors stand beside the repository and aren't part of it; the repository's own are in fixtures.
const folder = new URL('../../../shared/vectors/metrics/', import.meta.url);

/** The parsed vectors of one file, or undefined, said once, where they aren't there. */
export function readVectors<T>(name: string): T | undefined {
  const file = new URL(`${name}.json`, folder);
  if (!existsSync(file)) {
    console.log(`skipped: no reference vectors ${name}.json beside the repository`);
    return undefined;
  }
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

/** Describes tests over vectors, skipped where the vectors are absent. */
export function describeVectors<T>(name: string, body: (vectors: T) => void): void {
  const vectors = readVectors<T>(name);
  describe.skipIf(vectors === undefined)(`reference vectors: ${name}`, () => body(vectors as T));
}
