import { describe, expect, it } from 'vitest';
import { compileSchema, compileVariable, type JsonSchema, SchemaError } from '../../../src/runtime/schema/index.ts';

const messages = (schema: JsonSchema | boolean, value: unknown): string[] =>
  compileSchema(schema)(value).map(({ path, message }) => `${path} ${message}`);

describe('compileSchema', () => {
  const ticket: JsonSchema = {
    type: 'object',
    properties: {
      subject: { type: 'string', minLength: 3, maxLength: 5 },
      queue: { enum: ['app', 'billing'] },
      votes: { type: ['integer', 'null'], minimum: 1 },
    },
    required: ['subject', 'queue'],
    additionalProperties: false,
  };

  it('says of every problem where it is, what was expected and what came', () => {
    expect(compileSchema(ticket)({ subject: 'too long', votes: 0.5, 'a/b': 1 })).toMatchInlineSnapshot(`
      [
        {
          "expected": "at most 5 characters",
          "keyword": "maxLength",
          "message": "expected at most 5 characters, got 8",
          "path": "/subject",
          "schemaPath": "/properties/subject/maxLength",
        },
        {
          "expected": "integer or null",
          "keyword": "type",
          "message": "expected integer or null, got 0.5",
          "path": "/votes",
          "schemaPath": "/properties/votes/type",
        },
        {
          "expected": "at least 1",
          "keyword": "minimum",
          "message": "expected at least 1, got 0.5",
          "path": "/votes",
          "schemaPath": "/properties/votes/minimum",
        },
        {
          "expected": "property "queue"",
          "keyword": "required",
          "message": "expected property "queue", got none",
          "path": "",
          "schemaPath": "/required",
        },
        {
          "expected": "no property of this name",
          "keyword": "additionalProperties",
          "message": "expected no property of this name, got "a/b"",
          "path": "/a~1b",
          "schemaPath": "/additionalProperties",
        },
      ]
    `);
  });

  it('gives one and the same empty list for every valid value', () => {
    const first = compileSchema(ticket)({ subject: 'Crash', queue: 'app' });
    expect(first).toEqual([]);
    expect(compileSchema(true)(null)).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it.each([
    [{ type: 'string' }, { a: 1 }, 'expected string, got an object'],
    [{ type: 'object' }, [1, 2], 'expected object, got a list of 2'],
    [{ type: 'integer', nullable: true }, 'x', 'expected integer or null, got "x"'],
    [{ exclusiveMaximum: 3 }, 3, 'expected less than 3, got 3'],
    [{ multipleOf: 0.1 }, 0.35, 'expected a multiple of 0.1, got 0.35'],
    [{ minLength: 3 }, '😀😀', 'expected at least 3 characters, got 2'],
    [{ maxItems: 1 }, [1, 2], 'expected at most 1 members, got 2'],
    [{ minProperties: 1 }, {}, 'expected at least 1 properties, got 0'],
    [{ pattern: '^a' }, 'b', 'expected text that matches ^a, got "b"'],
    [{ format: 'date' }, '2023-02-29', 'expected a date, got "2023-02-29"'],
    [
      { uniqueItems: true },
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      'expected members that all differ, got the same one twice',
    ],
    [{ const: { a: [1] } }, { a: [2] }, 'expected {"a":[1]}, got an object'],
    [false, 1, 'expected nothing here, got 1'],
    [
      { oneOf: [{ type: 'number' }, { type: 'integer' }] },
      1,
      'expected a match of exactly one of 2 alternatives, got more',
    ],
  ] as [JsonSchema | boolean, unknown, string][])('%j of %j', (schema, value, message) => {
    expect(messages(schema, value)).toEqual([` ${message}`]);
  });

  it('shows the alternative that got furthest', () => {
    const schema: JsonSchema = {
      anyOf: [{ type: 'null' }, { properties: { age: { type: 'integer' } }, type: 'object' }],
    };
    expect(messages(schema, { age: 'ten' })).toEqual([
      ' expected a match of at least one of 2 alternatives, got an object',
      '/age expected integer, got "ten"',
    ]);
    expect(messages(schema, 1)).toEqual([' expected a match of at least one of 2 alternatives, got 1']);
  });

  it('quotes at most 60 characters of a value', () => {
    const secret = 'x'.repeat(59) + 'SECRET';
    const schema: JsonSchema = { type: 'number', additionalProperties: false };
    const [text] = compileSchema(schema)(secret);
    const [, name] = compileSchema(schema)({ [secret]: 1 });
    expect(text!.message).not.toContain('SECRET');
    expect(name!.message).not.toContain('SECRET');
    expect(name!.keyword).toBe('additionalProperties');
  });

  it('keeps at most 50 problems and still judges alternatives after them', () => {
    const schema: JsonSchema = { items: { anyOf: [{ type: 'string' }, { items: { type: 'string' } }] } };
    const value: unknown[] = Array.from({ length: 100 }, () => Array(100).fill(1));
    expect(compileSchema(schema)(value)).toHaveLength(50);
    const tail: JsonSchema = { prefixItems: [schema, { oneOf: [{ type: 'string' }, { type: 'null' }] }] };
    expect(compileSchema(tail)([value, null])).toHaveLength(50);
    expect(compileSchema(tail)([[], null])).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes %s for a name like any other', (name) => {
    const schema = JSON.parse(`{"properties":{"${name}":{"type":"string"}},"required":["${name}"]}`) as JsonSchema;
    expect(messages(schema, {})).toEqual([` expected property "${name}", got none`]);
    expect(messages(schema, JSON.parse(`{"${name}":1}`))).toEqual([`/${name} expected string, got 1`]);
    expect(messages({ additionalProperties: false }, JSON.parse(`{"${name}":1}`))).toHaveLength(1);
    expect(() => compileSchema(JSON.parse(`{"${name}":{}}`) as JsonSchema)).toThrow(SchemaError);
  });

  it.each([NaN, Infinity, -Infinity])('takes no %d for a number', (value) => {
    expect(compileSchema({ type: 'number' })(value)).toHaveLength(1);
    expect(compileSchema({ type: 'integer' })(value)).toHaveLength(1);
    expect(compileSchema({ multipleOf: 1 })(value)).toHaveLength(1);
    expect(compileSchema({ const: null })(value)).toHaveLength(1);
  });

  it.each([undefined, 1n, Symbol('x'), () => 1])('finds no type for what JSON has no word for', (value) => {
    const types = ['null', 'boolean', 'string', 'number', 'integer', 'array', 'object'] as const;
    expect(compileSchema({ type: types })(value)).toHaveLength(1);
  });

  it('recurs through references, and stops at values without an end', () => {
    const tree: JsonSchema = {
      $defs: { node: { type: 'object', properties: { child: { $ref: '#/$defs/node' } }, required: ['name'] } },
      $ref: '#/$defs/node',
    };
    expect(messages(tree, { name: 'a', child: { name: 'b', child: {} } })).toEqual([
      '/child/child expected property "name", got none',
    ]);
    const loop: Record<string, unknown> = { name: 'a' };
    loop['child'] = loop;
    expect(compileSchema(tree)(loop).map(({ message }) => message)).toEqual([
      'expected a value of at most 512 levels, got a deeper one',
    ]);
    expect(compileSchema({ uniqueItems: true })([loop])).toHaveLength(1);
  });

  it('resolves references in another document', () => {
    const root = { tools: [{ parameters: { $ref: '#/shared/a~1b%25' } }], shared: { 'a/b%': { type: 'string' } } };
    expect(compileSchema(root.tools[0]!.parameters, { root })(1)).toMatchObject([
      { path: '', schemaPath: '/shared/a~1b%25/type' },
    ]);
  });

  it.each([
    [{ not: {} }, '/not: "not" is not checked by the runtime'],
    [{ properties: { a: { if: true } } }, '/properties/a/if: "if" is not checked by the runtime'],
    [{ type: 'text' }, '/type: "type" must be one of null, boolean, string, number, integer, array, object'],
    [{ maxLength: '5' }, '/maxLength: "maxLength" must be a whole number'],
    [{ required: 'queue' }, '/required: "required" must be a list of names'],
    [{ items: 3 }, '/items: "items" must be a schema'],
    [{ pattern: '(' }, '/pattern: "pattern" must be a regular expression'],
    [{ $ref: '#/$defs/none' }, '/$ref: "$ref" must point at a schema in the same document, as #/$defs/name does'],
    [{ $schema: 'http://json-schema.org/draft-04/schema#' }, '/$schema: "$schema" must name draft-06'],
    [null, '/: a schema must be a mapping, true or false'],
  ] as [JsonSchema, string][])('refuses %j', (schema, message) => {
    expect(() => compileSchema(schema)).toThrow(SchemaError);
    expect(() => compileSchema(schema)).toThrow(message);
  });
});

describe('compileVariable', () => {
  it('reads the schema of a variable with the keys of a prompt in it', () => {
    const validate = compileVariable({
      type: 'string',
      maxLength: 3,
      trust: 'user',
      maxTokens: 5,
      fence: 'none',
      optional: true,
    });
    expect(validate('long')).toHaveLength(1);
    expect(validate('yes')).toEqual([]);
  });

  it.each([
    { anyOf: [true] },
    { type: ['string', 'null'] },
    { items: [true] },
    { multipleOf: 2 },
    { $ref: '#' },
  ] as JsonSchema[])('refuses %j, which only outputs may say', (schema) => {
    expect(() => compileVariable(schema)).toThrow(SchemaError);
    expect(() => compileSchema({ properties: { output: schema } })).not.toThrow();
  });
});
