import { anything, check, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonSchema, unsupportedKeywords } from '../../../src/runtime/schema/index.ts';

describe('unsupportedKeywords', () => {
  it('names every one, where it stands, and why', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: {
        plan: { type: ['string', 'null'], patternProperties: {} },
        notes: { items: [{ contentEncoding: 'base64' }] },
        mail: { format: 'idn-email', pattern: '(a+)+' },
      },
      minProperties: -1,
    };
    expect(unsupportedKeywords(schema, 'variable')).toMatchInlineSnapshot(`
      [
        {
          "keyword": "type",
          "pointer": "/properties/plan/type",
          "reason": ""type" must be one of null, boolean, string, number, integer, array, object",
        },
        {
          "keyword": "patternProperties",
          "pointer": "/properties/plan/patternProperties",
          "reason": ""patternProperties" is not checked in the schema of a variable",
        },
        {
          "keyword": "items",
          "pointer": "/properties/notes/items",
          "reason": ""items" must be a schema",
        },
        {
          "keyword": "format",
          "pointer": "/properties/mail/format",
          "reason": ""format" must be one of date, time, date-time, duration, email, hostname, ipv4, ipv6, uri, uuid",
        },
        {
          "keyword": "pattern",
          "pointer": "/properties/mail/pattern",
          "reason": ""pattern" must be matched in linear time: no lookaround, no backreference, no repetition that can be read in several ways",
        },
        {
          "keyword": "minProperties",
          "pointer": "/minProperties",
          "reason": ""minProperties" must be a whole number",
        },
      ]
    `);
    expect(unsupportedKeywords(schema, 'output').map(({ pointer }) => pointer)).toEqual([
      '/properties/plan/patternProperties',
      '/properties/notes/items/0/contentEncoding',
      '/properties/mail/format',
      '/properties/mail/pattern',
      '/minProperties',
    ]);
  });

  it('takes the keys of a prompt in variables only', () => {
    const schema: JsonSchema = { type: 'string', trust: 'user', maxTokens: 9, fence: 'none', optional: true };
    expect(unsupportedKeywords(schema, 'variable')).toEqual([]);
    expect(unsupportedKeywords(schema, 'output').map(({ keyword }) => keyword)).toEqual([
      'trust',
      'maxTokens',
      'fence',
      'optional',
    ]);
  });

  it('follows references to where the fault stands', () => {
    const root = { $defs: { tone: { not: {} } } };
    expect(unsupportedKeywords({ $ref: '#/$defs/tone' }, 'output', root)).toMatchObject([
      { pointer: '/$defs/tone/not' },
    ]);
    expect(unsupportedKeywords({ $ref: '#/$defs/none' }, 'output', root)).toMatchObject([{ pointer: '/$ref' }]);
    expect(unsupportedKeywords({ $ref: 'tone.json' }, 'output')).toMatchObject([{ pointer: '/$ref' }]);
  });

  it('tells a recursion from a loop', () => {
    expect(unsupportedKeywords({ items: { $ref: '#' } }, 'output')).toEqual([]);
    expect(unsupportedKeywords({ $ref: '#' }, 'output')).toMatchObject([
      { pointer: '/$ref', reason: '"$ref" leads back to itself without a step into the value' },
    ]);
    const loop = {
      $ref: '#/$defs/a',
      $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { allOf: [{ $ref: '#/$defs/a' }] } },
    };
    expect(unsupportedKeywords(loop, 'output').length).toBeGreaterThan(0);
  });

  it('never throws, whatever it is given', () => {
    let nested: unknown = true;
    for (let i = 0; i < 100_000; i++) nested = { items: nested };
    expect(unsupportedKeywords(nested as JsonSchema, 'output')).toHaveLength(1);
    const ring: Record<string, unknown> = {};
    ring['items'] = ring;
    expect(unsupportedKeywords(ring, 'variable')).toEqual([]);
    const law = property(anything(), (schema) => {
      const faults = unsupportedKeywords(schema as JsonSchema, 'output');
      if (typeof schema !== 'object' && typeof schema !== 'boolean') expect(faults).toHaveLength(1);
    });
    expect(check(law, { seed: 3, numRuns: 300 })).toMatchObject({ failed: false });
  });
});
