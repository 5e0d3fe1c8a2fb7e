import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileSchema, type JsonSchema, SchemaError, unsupportedKeywords } from '../../../src/runtime/schema/index.ts';
import { type Draft, newAjv } from './peers.ts';

interface Group {
  readonly description: string;
  readonly schema: JsonSchema | boolean;
  readonly tests: readonly (readonly [valid: boolean, value: unknown, description: string])[];
}

const DRAFTS: readonly Draft[] = ['draft7', 'draft2020-12'];

/** Groups inside and outside the subset. */
const EXPECTED_GROUPS: Readonly<Record<Draft, readonly [number, number]>> = {
  draft7: [163, 89],
  'draft2020-12': [166, 195],
};

const readSuite = (draft: Draft): Record<string, Group[]> =>
  JSON.parse(readFileSync(new URL(`../../fixtures/json-schema-suite/${draft}.json`, import.meta.url), 'utf8'));

/** Where the runtime leaves the suite on purpose, always together with ajv. */
const DEPARTURES: Readonly<Record<string, string>> = {
  'draft7 ref valid, maxItems ignored': 'keywords beside $ref count, as from 2019-09 on',
  'draft2020-12 a quoted string with a space in the local part is valid': 'only dot-atom addresses',
  'draft2020-12 a quoted string with a double dot in the local part is valid': 'only dot-atom addresses',
  'draft2020-12 a quoted string with a @ in the local part is valid': 'only dot-atom addresses',
  'draft2020-12 an IPv4-address-literal after the @ is valid': 'only host names',
  'draft2020-12 an IPv6-address-literal after the @ is valid': 'only host names',
};

/** Where ajv leaves the suite, and the runtime doesn't follow. */
const AJV_DEPARTURES: Readonly<Record<string, string>> = {
  '__proto__ not valid': 'ajv drops a property schema named __proto__',
  'valid if optional overflow handling is implemented': 'ajv divides in floating point',
};

const isSupported = ({ schema }: Group): boolean => unsupportedKeywords(schema, 'output').length === 0;

for (const draft of DRAFTS) {
  describe(`the official suite, ${draft}`, () => {
    const suite = readSuite(draft);
    const ajv = newAjv(draft);
    const groups = Object.entries(suite).flatMap(([file, members]) => members.map((group) => ({ file, ...group })));
    const supported = groups.filter(isSupported);

    it('holds enough of the subset to mean something', () => {
      expect([supported.length, groups.length - supported.length]).toEqual(EXPECTED_GROUPS[draft]);
    });

    it.each(supported)('$file: $description', ({ schema, tests }) => {
      const validate = compileSchema(schema);
      const peer = ajv.compile(schema);
      for (const [valid, value, description] of tests) {
        const isValid = validate(value).length === 0;
        const expected = DEPARTURES[`${draft} ${description}`] ? !valid : valid;
        expect(isValid, description).toBe(expected);
        if (!AJV_DEPARTURES[description]) expect(peer(value), `ajv: ${description}`).toBe(isValid);
      }
    });

    it('refuses every other schema by name', () => {
      for (const { schema, description } of groups.filter((group) => !isSupported(group))) {
        expect(() => compileSchema(schema), description).toThrow(SchemaError);
        for (const { keyword, reason } of unsupportedKeywords(schema, 'output')) expect(reason).toContain(keyword);
      }
    });
  });
}
