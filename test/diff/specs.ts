import fc from 'fast-check';

/** A prompt file as an object: JSON is YAML too. */
export type Spec = Readonly<Record<string, unknown>>;

const some = <Value>(...values: Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const maybe = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.option(arbitrary, { nil: undefined });

const schema = some<object>(
  { type: 'string' },
  { type: 'string', description: 'The words.' },
  { type: 'string', maxLength: 50 },
  { type: 'string', minLength: 0 },
  { type: 'string', enum: ['a', 'b'] },
  { type: 'string', enum: ['b', 'a'] },
  { type: 'string', enum: ['a', 'b', 'c'] },
  { type: 'integer', minimum: 1 },
  { type: 'number' },
  { enum: ['a', 'b'], type: 'string' },
);
const variable = fc
  .record({
    schema,
    trust: some('user', 'trusted', 'retrieved', undefined),
    presence: some<object>({}, { optional: true }, { default: 'a' }, { default: 'b' }),
    maxTokens: some(undefined, 10, 20),
    fence: some(undefined, undefined, 'none'),
  })
  .map(({ schema: own, trust, presence, maxTokens, fence }) => {
    const isText = (own as { type: string }).type === 'string';
    return { ...own, trust, ...(isText ? presence : 'optional' in presence ? presence : {}), maxTokens, fence };
  });
const content = some(
  'Sort it.',
  'Sort  it.',
  '{{ticket}}',
  'Ticket: {{ticket}}',
  '{{#if ticket}}yes{{else}}no{{/if}}',
  'For {{product}}: {{ticket}}',
  '{{> tone}}',
  'Sort. {{> tone}}',
  'Be kind.',
  '{{! nothing }}Be kind.',
);
const message = fc.oneof(
  { weight: 6, arbitrary: fc.record({ role: some('system', 'user', 'assistant', 'developer'), content }) },
  { weight: 1, arbitrary: fc.record({ history: fc.constant('turns'), maxTurns: some(undefined, 4, 8) }) },
);
const body = fc
  .record({ ticket: variable, product: maybe(variable), messages: fc.array(message, { minLength: 1, maxLength: 4 }) })
  .map(({ ticket, product, messages }) => ({
    variables: { ticket, product: product ?? { type: 'string', trust: 'trusted' }, turns: { type: 'array' } },
    messages,
  }));
const output = some<object>(
  {},
  { responseFormat: 'text' },
  { responseFormat: 'json_object' },
  ...[
    { type: 'object', properties: { queue: { type: 'string' } } },
    { type: 'object', properties: { queue: { type: 'string', description: 'Where to' } } },
    { properties: { queue: { type: 'string' } }, type: 'object' },
    { type: 'object', properties: { queue: { type: 'string' } }, additionalProperties: false },
    { type: 'object', properties: { queue: { type: ['string', 'null'] } } },
    { type: 'object', properties: { queue: { enum: ['a', 'b'] } } },
    { type: 'object', properties: { queue: { enum: ['a'] } }, required: ['queue'] },
    { type: 'object', properties: { queue: { $ref: '#/$defs/q' } }, $defs: { q: { type: 'string' } } },
    { type: 'object', properties: { queue: { type: 'string' }, urgency: { type: 'string' } }, required: ['urgency'] },
  ].flatMap((schemaJson) => [
    { responseFormat: 'json_schema', jsonSchema: { name: 'a', strict: true, schema: schemaJson } },
    { responseFormat: 'json_schema', jsonSchema: { name: 'b', schema: schemaJson } },
  ]),
);
const tool = fc.record({
  name: some('search', 'close'),
  description: some(undefined, 'Searches.', 'Finds.'),
  parameters: some<unknown>(
    undefined,
    { type: 'object', properties: { q: { type: 'string' } } },
    { type: 'object', properties: { q: { type: 'string', description: 'Words' } } },
    { type: 'object', properties: { q: { type: 'string', maxLength: 9 } }, required: ['q'] },
    { type: 'object', properties: { q: { type: 'string' }, n: { type: 'integer' } } },
  ),
  optional: some(undefined, true),
  effect: some(undefined, 'read', 'write', 'exec'),
  approval: some(undefined, 'auto', 'confirm'),
});

/** The parts of a prompt file that change by themselves. */
export const parts: Readonly<Record<string, fc.Arbitrary<Spec>>> = {
  body,
  output: output as fc.Arbitrary<Spec>,
  tools: fc.uniqueArray(tool, { selector: ({ name }) => name, maxLength: 2 }).map((tools) => ({ tools })),
  model: some<Spec>(
    {},
    { model: 'openai/gpt-4o' },
    { model: 'openai/gpt-4o-mini' },
    { model: 'anthropic/claude-haiku-4-5' },
  ),
  parameters: fc
    .record({
      temperature: some(undefined, 0, 1),
      maxTokens: some(undefined, 10, 20),
      stop: some<unknown>(undefined, 'x', ['x'], ['y']),
      seed: some(undefined, 1),
    })
    .map((modelParameters) => ({ modelParameters })),
  examples: some<Spec>(
    {},
    { examples: [] },
    { examples: [{ input: { ticket: 'a', product: 'b' }, output: 'x' }] },
    { examples: [{ input: { product: 'b', ticket: 'a' }, output: 'x' }] },
    { examples: [{ input: { ticket: 'a' }, output: 'y' }] },
  ),
  stability: some<Spec>({}, { stability: 'stable' }, { stability: 'experimental' }, { stability: 'deprecated' }),
  aliases: some<Spec>({}, { aliases: ['old'] }, { aliases: ['old', 'older'] }, { aliases: ['older', 'old'] }),
  budget: some<Spec>({}, { budget: {} }, { budget: { inputTokens: 9 } }, { budget: { inputTokens: 9, costUsd: 1 } }),
  policies: some<Spec>(
    {},
    { security: { canary: true, forbidOutput: ['a'] } },
    { security: { forbidOutput: ['a'], canary: true } },
    { security: { canary: false, urls: ['a.example'] } },
    { conversation: { maxTurns: 3 } },
    { context: { sections: [] } },
  ),
  variants: some<Spec>(
    {},
    { variants: { terse: {} } },
    { variants: { terse: { model: 'openai/gpt-4o' } } },
    { variants: { terse: { messages: [{ role: 'system', content: '{{ticket}}' }] } } },
  ),
  cosmetic: some<Spec>(
    {},
    { name: 'Triage', description: 'Sorts.' },
    { metadata: { owners: ['@a'] }, testData: [{ ticket: 'a' }] },
    { evaluators: [{ name: 'a', string: { contains: 'a' } }], technique: 'few-shot', version: '1.2.0' },
  ),
};

export const partial: fc.Arbitrary<string> = some('Be kind.', 'Be short.', 'For {{product}}.', '{{ticket}}');

export interface SpecPair {
  readonly old: Spec;
  readonly new: Spec;
}

/** Two prompts that differ in some of their parts, or in none. */
export const specPair: fc.Arbitrary<SpecPair> = fc
  .tuple(fc.record(parts), fc.record(parts), fc.subarray(Object.keys(parts)))
  .map(([base, other, changed]) => ({
    old: specOf(base),
    new: specOf({ ...base, ...Object.fromEntries(changed.map((part) => [part, other[part]!])) }),
  }));

export function specOf(chosen: Readonly<Record<string, Spec>>): Spec {
  return Object.assign({ promptctl: 1 }, ...Object.values(chosen)) as Spec;
}
