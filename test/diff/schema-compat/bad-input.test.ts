import { describe, expect, it } from 'vitest';
import { compareSchemas, type Comparison } from '../../../src/diff/schema-compat/index.ts';

const plain = { type: 'object', properties: { id: { type: 'string' } } };

function compare(old: unknown, next: unknown): Comparison {
  return compareSchemas({ old, new: next, role: 'output' });
}

function nested(depth: number, wrap: (inner: unknown) => unknown, innermost: unknown): unknown {
  let schema = innermost;
  for (let level = 0; level < depth; level++) schema = wrap(schema);
  return schema;
}

function required(inner: unknown): unknown {
  return { type: 'object', properties: { a: inner }, required: ['a'] };
}

function list(maxItems: number): unknown {
  return { type: 'array', maxItems };
}

/** Pigeons that must each take a hole, no two the same. */
function pigeons(count: number, holes: number): Record<string, unknown> {
  const names = Array.from({ length: count }, (_, index) => `pigeon${index}`);
  const hole = { enum: Array.from({ length: holes }, (_, index) => index) };
  const clashes = names.flatMap((left, index) =>
    names
      .slice(index + 1)
      .flatMap((right) =>
        hole.enum.map((taken) => ({ not: { properties: { [left]: { const: taken }, [right]: { const: taken } } } })),
      ),
  );
  const properties = Object.fromEntries(names.map((name) => [name, hole]));
  return { type: 'object', properties, required: names, allOf: clashes };
}

describe('schemas that would run away', () => {
  it.each([
    ['items', (inner: unknown) => ({ items: inner })],
    ['properties', (inner: unknown) => ({ properties: { a: inner } })],
    ['not', (inner: unknown) => ({ not: inner })],
    ['anyOf', (inner: unknown) => ({ anyOf: [inner] })],
    ['const', (inner: unknown) => ({ const: inner })],
  ])('does not follow 10 000 levels of %s', (_, wrap) => {
    const deep = nested(10_000, wrap, { type: 'string' });
    expect(compare(deep, nested(10_000, wrap, { type: 'number' })).verdict).toBe('unknown');
    expect(compare(plain, deep).verdict).toBe('unknown');
  });

  it('decides what is only moderately deep', () => {
    const { verdict, reasons } = compare(
      nested(40, required, { type: 'integer' }),
      nested(40, required, { type: 'number' }),
    );
    expect(verdict).toBe('breaking');
    expect(reasons[0]?.path).toBe('/a'.repeat(40));
  });

  it('does not unfold an alias that doubles at each level', () => {
    expect(
      compare(
        plain,
        nested(60, (inner) => ({ anyOf: [inner, inner] }), { type: 'string' }),
      ).verdict,
    ).toBe('unknown');
  });

  it('does not follow an object that contains itself', () => {
    const loop: Record<string, unknown> = { type: 'object' };
    loop['properties'] = { self: loop };
    expect(compare(plain, loop).verdict).toBe('unknown');
  });

  it('gives up on a puzzle that only trying every combination would settle', () => {
    expect(compare({ type: 'string' }, pigeons(9, 8))).toMatchObject({
      verdict: 'unknown',
      reasons: [{ keyword: 'steps' }],
    });
  });

  it('takes the same puzzle for granted where it is unchanged', () => {
    expect(compare({ ...pigeons(8, 8), minProperties: 2 }, { ...pigeons(8, 8), minProperties: 3 }).verdict).toBe(
      'compatible',
    );
  });

  it('finds a string beside thousands that are excluded', () => {
    const listed = { type: 'string', pattern: '^s', enum: Array.from({ length: 2000 }, (_, index) => `s${index}`) };
    const { verdict, witness } = compare(listed, { type: 'string', pattern: '^s' });
    expect({ verdict, witness }).toEqual({ verdict: 'breaking', witness: 's' });
  });

  it('doubles through references without doubling the work', () => {
    const levels = Array.from({ length: 30 }, (_, level): [string, unknown] => [
      `l${level}`,
      { anyOf: [{ $ref: `#/$defs/l${level + 1}` }, { type: 'array', items: { $ref: `#/$defs/l${level + 1}` } }] },
    ]);
    const chain = (end: unknown): unknown => ({
      $ref: '#/$defs/l0',
      $defs: Object.fromEntries([...levels, ['l30', end]]),
    });
    expect(compare(chain({ type: 'integer' }), chain({ type: 'number' })).verdict).toBe('breaking');
    expect(compare(chain({ type: 'number' }), chain({ type: 'integer' })).verdict).not.toBe('breaking');
  });

  it('never lets a pattern backtrack', () => {
    const hostile = { type: 'string', pattern: '^(a+)+$' };
    expect(compare(hostile, { const: `${'a'.repeat(60)}!` }).verdict).not.toBe('compatible');
    expect(compare(hostile, { ...hostile, minLength: 200 }).verdict).toBe('compatible');
    expect(compare({ ...hostile, minLength: 200 }, hostile)).toMatchObject({ verdict: 'breaking', witness: 'a' });
  });

  it('takes bounds no list or text could reach', () => {
    expect(compare(list(1e9), list(2e9)).verdict).toBe('unknown');
    expect(compare(list(2e9), list(1e9)).verdict).toBe('compatible');
    expect(compare({ type: 'string', maxLength: 1e9 }, { type: 'string' }).verdict).toBe('unknown');
    expect(compare({ type: 'number', maximum: 1e308 }, { type: 'number', maximum: 1.1e308 }).verdict).toBe('breaking');
  });
});

describe('what is no schema', () => {
  it.each([
    [undefined],
    [null],
    [5],
    ['string'],
    [[]],
    [Number.NaN],
    [() => true],
    [new Date(0)],
    [{ const: undefined }],
    [{ minimum: 5n }],
  ])('refuses %s', (value) => {
    expect(compare(value, plain).verdict).toBe('invalid');
    expect(compare(plain, value).verdict).toBe('invalid');
  });

  it('says which side is invalid, and where', () => {
    const { verdict, reasons } = compare(plain, { properties: { id: { type: 'text' } } });
    expect(verdict).toBe('invalid');
    expect(reasons[0]).toMatchObject({ keyword: 'enum', path: '/properties/id/type' });
    expect(reasons[0]?.message).toContain('new schema');
  });

  it.each([
    [{ pattern: '(' }],
    [{ required: 'id' }],
    [{ $ref: 'http://[' }],
    [{ $ref: '#/definitions/nothing' }],
    [{ $ref: '#/examples', examples: [1] }],
    [{ $ref: '#/x-parts/id', 'x-parts': { id: { type: 5, dependentRequired: { a: 1 } } } }],
    [{ $schema: 7 }],
    [{ $schema: 'https://json-schema.org/draft/2019-09/schema' }],
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema', items: [{}] }],
    [{ type: 'null', nullable: false }],
  ])('refuses %j', (schema) => {
    expect(compare(plain, schema).verdict).toBe('invalid');
  });
});

describe('names that mean something to JavaScript', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'then',
    '$ref',
    'required',
    'description',
    'enum',
  ];

  it.each(names)('treats a member called %s as a member', (name) => {
    const properties = Object.fromEntries([[name, { type: 'string' }]]);
    const old = { type: 'object', properties, required: [name] };
    expect(compare(old, structuredClone(old)).verdict).toBe('compatible');
    const { verdict, witness } = compare(old, { type: 'object', properties });
    expect({ verdict, witness }).toEqual({ verdict: 'breaking', witness: {} });
  });

  it.each(['toString', 'constructor', '__proto__'])('treats a format called %s as one nobody knows', (format) => {
    expect(compare({ type: 'string', format }, { type: 'string' }).verdict).toBe('compatible');
  });
});
