import { describe, expect, it } from 'vitest';
import { compareSchemas, type Resolve } from '../../../src/diff/schema-compat/index.ts';

/** Documents of each side, by address; a reference is resolved against the folder of the document it stands in. */
function documents(bySide: Record<'old' | 'new', Record<string, unknown>>): Resolve {
  return (reference, from, side) => {
    const address = new URL(reference, `file:///${from ?? ''}`).pathname.slice(1);
    const schema = bySide[side][address];
    return schema === undefined ? undefined : { address, schema };
  };
}

function money(currency: unknown): Record<string, unknown> {
  return {
    'schemas/money.json': {
      type: 'object',
      properties: { currency: { $ref: './currency.json#/$defs/code' } },
      required: ['currency'],
    },
    'schemas/currency.json': { $defs: { code: currency } },
  };
}

function list(value: unknown): Record<string, unknown> {
  return {
    'node.json': { type: 'object', properties: { value, next: { $ref: 'list.json' } }, required: ['value'] },
    'list.json': { anyOf: [{ type: 'null' }, { $ref: 'node.json' }] },
  };
}

function idTicket(type: string): unknown {
  return {
    $id: 'https://example.com/ticket.json',
    type: 'array',
    items: { $ref: 'https://example.com/parts/id.json#/$defs/code' },
    $defs: { id: { $id: 'parts/id.json', $defs: { code: { type } } } },
  };
}

describe('references to other documents', () => {
  const prompt = { type: 'object', properties: { price: { $ref: 'schemas/money.json' } }, required: ['price'] };

  it('reads each side as it was', () => {
    const resolve = documents({ old: money({ enum: ['EUR'] }), new: money({ enum: ['EUR', 'USD'] }) });
    const comparison = compareSchemas({ old: prompt, new: prompt, role: 'output', resolve });
    expect(comparison).toMatchObject({ verdict: 'breaking', witness: { price: { currency: 'USD' } } });
  });

  it('is unknown where the document is missing, and says which', () => {
    const resolve = documents({ old: money({}), new: {} });
    const comparison = compareSchemas({ old: prompt, new: prompt, role: 'output', resolve });
    expect(comparison.verdict).toBe('unknown');
    expect(comparison.reasons[0]).toMatchObject({ keyword: '$ref', message: 'cannot read schemas/money.json' });
  });

  it('follows documents that refer to each other', () => {
    const resolve = documents({ old: list({ type: 'number' }), new: list({ type: 'integer' }) });
    const root = { $ref: 'list.json' };
    expect(compareSchemas({ old: root, new: root, role: 'output', resolve }).verdict).toBe('compatible');
    expect(compareSchemas({ old: root, new: root, role: 'input', resolve })).toMatchObject({
      verdict: 'breaking',
      witness: { value: 0.5 },
    });
  });
});

describe('references within a document', () => {
  it('finds a resource by its $id', () => {
    expect(compareSchemas({ old: idTicket('integer'), new: idTicket('number'), role: 'output' })).toMatchObject({
      verdict: 'breaking',
      witness: [0.5],
    });
  });

  it('reads a pointer with escapes', () => {
    const schema = { $ref: '#/$defs/a~1b%25c~0d', $defs: { 'a/b%c~d': { type: 'string' } } };
    expect(compareSchemas({ old: schema, new: { type: 'string' }, role: 'input', mode: 'strict' }).verdict).toBe(
      'compatible',
    );
  });
});
