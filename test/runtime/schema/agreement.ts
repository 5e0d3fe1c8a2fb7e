import { check, property } from 'fast-check';
import { expect } from 'vitest';
import { compileSchema, unsupportedKeywords } from '../../../src/runtime/schema/index.ts';
import * as arbitrary from './arbitraries.ts';
import { newAjv } from './peers.ts';

/** Runs random schemas on random values against ajv, and follows every pointer of a problem. */
export function expectAgreementWithAjv(seed: number, numRuns: number): void {
  const ajv = newAjv('draft2020-12');
  const seen = { valid: 0, invalid: 0 };
  const law = property(arbitrary.schema, arbitrary.value, (schema, value) => {
    expect(unsupportedKeywords(schema, 'output')).toEqual([]);
    const problems = compileSchema(schema)(value);
    expect(problems.length === 0).toBe(ajv.compile(schema)(value));
    seen[problems.length === 0 ? 'valid' : 'invalid']++;
    for (const { path, schemaPath, keyword } of problems) {
      at(value, path);
      at(schema, schemaPath);
      expect(schemaPath.endsWith(keyword)).toBe(true);
    }
  });
  const result = check(law, { seed, numRuns });
  expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
  // Neither verdict may be so rare that the law says nothing of it.
  expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(numRuns / 10);
}

/** What a JSON pointer leads to; throws where it leads nowhere. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((inner, key) => {
      if (!Object.hasOwn(inner as object, key)) throw new Error(`nothing at ${pointer}`);
      return (inner as Record<string, unknown>)[key];
    }, value);
}
