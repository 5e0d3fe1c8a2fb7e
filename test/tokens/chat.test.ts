import { describe, expect, it } from 'vitest';
import { countMessages, countSchema, countText, countTools } from '../../src/tokens/chat/index.ts';
import type { ChatMessage, ToolDefinition } from '../../src/tokens/chat/index.ts';
import { addFigures } from '../../src/tokens/figure.ts';
import { findModel } from '../../src/tokens/models/index.ts';

const GPT_35 = 'openai/gpt-3.5-turbo';
const hello: ChatMessage[] = [{ role: 'user', content: 'hello' }];

describe('countText', () => {
  it('is exact under an OpenAI encoding, and says which', () => {
    expect(countText('hello world', 'openai/gpt-4o')).toEqual({ tokens: 2, kind: 'exact', by: 'o200k_base' });
    expect(countText('<|endoftext|>', 'gpt-4').tokens).toBeGreaterThan(1);
  });

  it('is an estimate with its error elsewhere', () => {
    expect(countText('hello world', 'anthropic/claude-opus-4-8')).toMatchObject({ kind: 'estimate', error: 0.15 });
    expect(countText('hello world', 'acme/rocket')).toMatchObject({
      kind: 'estimate',
      by: 'o200k_base x generic script ratios',
    });
  });

  it('judges an unknown model by its name, and takes a known one as it is', () => {
    expect(countText('hello', 'gpt-5.9-preview').by).toBe('o200k_base');
    expect(countText('hello', findModel('openai/gpt-4')!).by).toBe('cl100k_base');
  });
});

describe('media', () => {
  it('are not counted, which the figure says; the text beside them is', () => {
    const parts = [{ type: 'text', text: 'hello' } as const, { type: 'media', url: 'https://a.b/c.png' } as const];
    expect(countMessages([{ role: 'user', content: parts }], GPT_35)).toEqual({
      ...countMessages(hello, GPT_35),
      kind: 'estimate',
      by: 'cl100k_base + media not counted + openai chat format',
      error: 0,
    });
  });
});

/** Measured at OpenAI's API with gpt-3.5-turbo: the tests of hmarr/openai-chat-tokens (MIT). */
describe('countMessages', () => {
  it.each<[number, ChatMessage[]]>([
    [8, hello],
    [9, [{ role: 'user', content: 'hello world' }]],
    [8, [{ role: 'system', content: 'hello' }]],
    [
      27,
      [
        { role: 'system', content: "# Important: you're the best robot" },
        { role: 'user', content: 'hello robot' },
        { role: 'assistant', content: 'hello world' },
      ],
    ],
  ])('is %i as the API bills', (tokens, messages) => {
    expect(countMessages(messages, GPT_35)).toEqual({
      tokens,
      kind: 'formula',
      by: 'cl100k_base + openai chat format',
    });
  });

  it('counts a name and one token for it', () => {
    const named = countMessages([{ role: 'user', name: 'Ada', content: 'hello' }], GPT_35).tokens;
    expect(named).toBe(8 + countText('Ada', GPT_35).tokens + 1);
  });

  it('uses the same formula for gpt-oss and an estimate for others', () => {
    expect(countMessages(hello, 'openai/gpt-oss-120b')).toEqual({
      tokens: 8,
      kind: 'formula',
      by: 'o200k_harmony + openai chat format',
    });
    const llama = countMessages(hello, 'meta/llama-3.3-70b-instruct');
    // <|begin_of_text|> <|start_header_id|> user <|end_header_id|> \n\n hello <|eot_id|> and the header of the reply
    expect(llama).toMatchObject({ tokens: 11, kind: 'estimate' });
    expect(llama.error).toBeGreaterThan(0.2);
  });

  it('of none is what primes the reply', () => {
    expect(countMessages([], 'openai/gpt-4o').tokens).toBe(3);
  });
});

const recipe: ToolDefinition = {
  name: 'get_recipe',
  parameters: {
    type: 'object',
    required: ['ingredients', 'instructions', 'time_to_cook'],
    properties: {
      ingredients: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name', 'unit', 'amount'],
          properties: {
            name: { type: 'string' },
            unit: { enum: ['grams', 'ml', 'cups', 'pieces', 'teaspoons'], type: 'string' },
            amount: { type: 'number' },
          },
        },
      },
      instructions: {
        type: 'array',
        items: { type: 'string' },
        description: 'Steps to prepare the recipe (no numbering)',
      },
      time_to_cook: { type: 'number', description: 'Total time to prepare the recipe in minutes' },
    },
  },
};

const weather: ToolDefinition = {
  name: 'get_current_weather',
  description: 'Get the current weather in a given location',
  parameters: {
    type: 'object',
    required: ['location'],
    properties: {
      location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
      unit: { type: 'string', description: 'The unit of temperature to return', enum: ['celsius', 'fahrenheit'] },
    },
  },
};

const weatherTalk: ChatMessage[] = [
  { role: 'system', content: 'You are a helpful assistant that can answer to questions about the weather.' },
  { role: 'user', content: "What's the weather like in San Francisco?" },
];

function bingBong(properties: object): ToolDefinition {
  return { name: 'bing_bong', description: 'Do a bing bong', parameters: { type: 'object', properties } };
}

describe('countTools', () => {
  /** From the same measurements, less the 8 tokens of the message beside them. */
  it.each<[number, ToolDefinition]>([
    [23, { name: 'foo', parameters: { type: 'object', properties: {} } }],
    [28, { name: 'foo', description: 'Do a foo', parameters: { type: 'object', properties: {} } }],
    [41, bingBong({ foo: { type: 'string' } })],
    [49, bingBong({ foo: { type: 'string' }, bar: { type: 'number', description: 'A number' } })],
    [
      60,
      bingBong({
        foo: {
          type: 'object',
          properties: { bar: { type: 'string', enum: ['a', 'b', 'c'] }, baz: { type: 'boolean' } },
        },
      }),
    ],
    [98, recipe],
  ])('is %i as the API bills', (tokens, tool) => {
    expect(countTools([tool], GPT_35).tokens).toBe(tokens);
  });

  /** OpenAI cookbook, "How to count tokens with Tiktoken", section 7: counted by the API. */
  it.each([
    ['openai/gpt-4', 105],
    ['openai/gpt-4o', 101],
    ['openai/gpt-4o-mini', 101],
  ])('with a system message is what the cookbook measured for %s', (model, tokens) => {
    const total = addFigures([
      countMessages(weatherTalk, model),
      countTools([weather], model, { systemMessage: true }),
    ]);
    expect(total).toMatchObject({ tokens, kind: 'estimate' });
    expect(total.error).toBeLessThan(0.05);
  });

  it('is labelled an estimate, with an error', () => {
    expect(countTools([weather], 'openai/gpt-4o')).toMatchObject({
      kind: 'estimate',
      by: 'openai tools as TypeScript (o200k_base)',
      error: 0.05,
    });
    expect(countTools([weather], 'anthropic/claude-sonnet-4-5')).toMatchObject({ kind: 'estimate', error: 0.3 });
    expect(countTools([weather], 'anthropic/claude-sonnet-4-5').tokens).toBeGreaterThan(346);
  });

  it('of none is nothing', () => {
    expect(countTools([], 'openai/gpt-4o').tokens).toBe(0);
    expect(countTools([], 'anthropic/claude-sonnet-4-5').tokens).toBe(0);
  });

  it('takes any schema', () => {
    const odd: ToolDefinition[] = [
      { name: 'bare' },
      {
        name: 'union',
        parameters: {
          type: 'object',
          properties: { a: { type: ['string', 'null'] }, b: { anyOf: [{ type: 'integer' }, {}] } },
        },
      },
      { name: 'wrong', parameters: 'string' },
      { name: 'lists', parameters: { properties: { a: { type: 'array' }, b: true, c: { enum: [1, null] } } } },
    ];
    expect(countTools(odd, 'openai/gpt-4o').tokens).toBeGreaterThan(40);
  });
});

describe('countSchema', () => {
  it('grows with the schema and is an estimate', () => {
    const small = countSchema({ type: 'object', properties: { ok: { type: 'boolean' } } }, 'openai/gpt-4o');
    const large = countSchema(recipe.parameters, 'openai/gpt-4o');
    expect(small).toMatchObject({ kind: 'estimate', error: 0.3 });
    expect(large.tokens).toBeGreaterThan(small.tokens + 50);
  });
});

describe('addFigures', () => {
  it('is as uncertain as its most uncertain part', () => {
    const exact = { tokens: 100, kind: 'exact', by: 'o200k_base' } as const;
    const guess = { tokens: 300, kind: 'estimate', by: 'guess', error: 0.2 } as const;
    expect(addFigures([exact, exact])).toEqual({ tokens: 200, kind: 'exact', by: 'o200k_base' });
    expect(addFigures([exact, guess])).toEqual({
      tokens: 400,
      kind: 'estimate',
      by: 'o200k_base + guess',
      error: 0.15,
    });
    expect(addFigures([])).toEqual({ tokens: 0, kind: 'exact', by: '' });
  });
});
