import { check, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compileSchema,
  compileVariable,
  type JsonSchema,
  unsupportedKeywords,
} from '../../../src/runtime/schema/index.ts';
import * as arbitrary from './arbitraries.ts';
import { expectAgreementWithAjv } from './agreement.ts';

const numRuns = 400;

describe('the validator', () => {
  it('agrees with ajv on random schemas and values, and its pointers lead somewhere', () => {
    expectAgreementWithAjv(20, numRuns);
  });

  it('means the same by a schema of the variable subset, whichever table reads it', () => {
    const law = property(arbitrary.schema, arbitrary.value, ({ allOf }, value) => {
      for (const schema of allOf as (JsonSchema | boolean)[]) {
        if (unsupportedKeywords(schema, 'variable').length > 0) {
          expect(() => compileVariable(schema)).toThrow();
        } else {
          expect(compileVariable(schema)(value)).toEqual(compileSchema(schema)(value));
        }
      }
    });
    const result = check(law, { seed: 21, numRuns });
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false);
  });

  it('multiplies in decimal', () => {
    const law = property(
      integer({ min: 1, max: 9999 }),
      integer({ min: -9999, max: 9999 }),
      integer({ min: 0, max: 12 }),
      (d, n, e) => {
        const decimal = (digits: number): number => Number(`${digits}e-${e}`);
        expect(compileSchema({ multipleOf: decimal(d) })(decimal(n * d))).toEqual([]);
        expect(compileSchema({ multipleOf: decimal(d) })(decimal(n)).length === 0).toBe(n % d === 0);
      },
    );
    expect(check(law, { seed: 22, numRuns })).toMatchObject({ failed: false });
    const whole = property(double({ noNaN: true, noDefaultInfinity: true }), (n) => {
      expect(compileSchema({ multipleOf: 1 })(n).length === 0).toBe(Number.isInteger(n));
    });
    expect(check(whole, { seed: 23, numRuns })).toMatchObject({ failed: false });
  });
});
