import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakEvenHitRate,
  cacheableTokens,
  cacheFacts,
  canonicalPublisher,
  encodingFor,
  expectedHitRate,
  findModel,
  modelsFileSchema,
  nearestModel,
  parseModelId,
  publishers,
  relativeInputCost,
} from '../../src/tokens/models/index.ts';
import { Ajv2020 } from 'ajv/dist/2020.js';

describe('findModel', () => {
  it('tells what is known of a model', () => {
    expect(findModel('openai/gpt-4o-mini')).toMatchInlineSnapshot(`
      {
        "contextWindow": 128000,
        "encoding": "o200k_base",
        "floatingAlias": false,
        "id": "openai/gpt-4o-mini",
        "maxOutput": 16384,
        "name": "gpt-4o-mini",
        "price": {
          "cachedInput": 0.075,
          "input": 0.15,
          "output": 0.6,
        },
        "priceDate": "2026-09-23",
        "provider": "openai",
        "publisher": "openai",
        "reasoning": false,
        "retired": {
          "date": "2027-01-14",
          "source": "https://platform.openai.com/docs/deprecations",
        },
      }
    `);
  });

  it.each([
    ['gpt-4o', 'openai/gpt-4o'],
    ['OpenAI/GPT-4o', 'openai/gpt-4o'],
    ['mistral/mistral-nemo', 'mistral-ai/mistral-nemo'],
    ['googleai/gemini-2.5-flash', 'google/gemini-2.5-flash'],
    ['github/openai/gpt-4.1', 'openai/gpt-4.1'],
    ['openrouter/anthropic/claude-opus-4.8', 'anthropic/claude-opus-4.8'],
    ['Meta-Llama-3-8B-Instruct', 'meta/meta-llama-3-8b-instruct'],
    ['azure/gpt-4o', 'microsoft/gpt-4o'],
    ['groq/openai/gpt-oss-120b', 'groq/openai/gpt-oss-120b'],
  ])('finds %s as %s', (asked, id) => {
    expect(findModel(asked)?.id).toBe(id);
  });

  it.each([
    'ai21-labs/ai21-jamba-1.5-large',
    'cohere/cohere-command-a',
    'cohere/cohere-command-r-plus-08-2024',
    'core42/jais-30b-chat',
    'deepseek/deepseek-r1',
    'deepseek/deepseek-v3-0324',
    'meta/llama-3.3-70b-instruct',
    'meta/llama-4-scout-17b-16e-instruct',
    'meta/meta-llama-3.1-405b-instruct',
    'microsoft/mai-ds-r1',
    'microsoft/phi-4',
    'microsoft/phi-4-mini-reasoning',
    'mistral-ai/codestral-2501',
    'mistral-ai/ministral-3b',
    'mistral-ai/mistral-medium-2505',
    'mistral-ai/mistral-small-2503',
    'openai/gpt-4.1-nano',
    'openai/gpt-5-chat',
    'openai/o4-mini',
    'openai/text-embedding-3-large',
    'xai/grok-3-mini',
  ])('knows GitHub Models’ %s', (id) => {
    expect(findModel(id)?.id).toBe(id);
  });

  it('has no price where none is listed, rather than 0', () => {
    expect(findModel('meta/llama-3.3-70b-instruct')).not.toHaveProperty('price');
    expect(findModel('cohere/cohere-command-a')?.price).toEqual({ input: 2.5, output: 10 });
  });

  it('knows a snapshot the table does not list by the name before its date, without a price', () => {
    const snapshot = findModel('openai/gpt-4o-2025-01-01');
    expect(snapshot).toMatchObject({ encoding: 'o200k_base', contextWindow: 128_000 });
    expect(snapshot).not.toHaveProperty('price');
    expect(findModel('openai/gpt-4o-2024-08-06')?.price).toEqual(findModel('openai/gpt-4o')?.price);
  });

  it('does not price a newer model as the older one its name begins with', () => {
    expect(findModel('anthropic/claude-sonnet-5-5')).not.toHaveProperty('price');
    expect(findModel('anthropic/claude-sonnet-5-20260601')?.price?.input).toBe(2);
    expect(findModel('deepseek/deepseek-r1-distill-llama-70b')).toBeUndefined();
  });

  it.each([
    'openai/gpt-4o-maxi',
    'googleai/gemini-5.0-ultimate-pro-plus',
    'acme/gpt-4o',
    'openai/',
    '',
    'openai/constructor',
    '__proto__',
  ])('knows no %j', (id) => {
    expect(findModel(id)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', 'openai/', 'bedrock/us.anthropic.'), (name, prefix) => {
        const found = findModel(prefix + name);
        expect(found === undefined || found.id.length > 0).toBe(true);
      }),
    );
  });

  it('says which models reason, float and retire', () => {
    const reasoning = [
      'openai/o3',
      'openai/gpt-5-mini',
      'deepseek/deepseek-r1',
      'microsoft/phi-4-reasoning',
      'groq/openai/gpt-oss-20b',
    ];
    const plain = [
      'openai/gpt-4o',
      'openai/gpt-5-chat',
      'anthropic/claude-opus-4-8',
      'google/gemini-2.5-flash-lite',
      'xai/grok-3',
    ];
    expect(reasoning.filter((id) => findModel(id)?.reasoning !== true)).toEqual([]);
    expect(plain.filter((id) => findModel(id)?.reasoning !== false)).toEqual([]);
    expect(findModel('openai/chatgpt-4o-latest')).toMatchObject({
      floatingAlias: true,
      retired: { date: '2026-02-17' },
    });
    expect(findModel('google/gemini-pro-latest')?.floatingAlias).toBe(true);
    expect(findModel('anthropic/claude-3-opus-20240229')?.retired?.date).toBe('2026-01-05');
    expect(findModel('azure/gpt-4o')?.retired).toBeUndefined();
  });

  it.each([
    ['anthropic/claude-opus-4-6', 'claude'],
    ['anthropic/claude-sonnet-4.5', 'claude'],
    ['anthropic/claude-3-5-haiku', 'claude'],
    ['anthropic/claude-haiku-4-5', 'claude'],
    ['anthropic/claude-opus-4-7', 'claude-2026'],
    ['anthropic/claude-opus-5-5', 'claude-2026'],
    ['anthropic/claude-sonnet-5', 'claude-2026'],
    ['anthropic/claude-fable-5', 'claude-2026'],
    ['bedrock/global.anthropic.claude-opus-4-8-v1:0', 'claude-2026'],
    ['google/gemini-2.5-pro', 'gemini'],
    ['meta/llama-3.3-70b-instruct', 'llama-3'],
    ['microsoft/phi-3-mini-4k-instruct', 'llama-2'],
    ['mistral-ai/mistral-large-2411', 'mistral'],
    ['mistral-ai/mistral-nemo', 'mistral-tekken'],
    ['groq/deepseek-r1-distill-llama-70b', 'llama-3'],
    ['deepseek/deepseek-r1', 'deepseek'],
    ['groq/qwen/qwen3-32b', 'qwen'],
    ['openai/gpt-6-sol', 'generic'],
  ])('estimates %s as %s', (id, family) => {
    expect(findModel(id)?.estimate).toBe(family);
  });
});

describe('overrides', () => {
  const overrides = {
    date: '2026-11-01',
    models: {
      'mistral/mistral-nemo': { price: { input: 0.1, output: 0.1 } },
      'azure/support-bot': { like: 'openai/gpt-4o-mini', contextWindow: 32_000 },
      'acme/in-house': { encoding: 'cl100k_base', maxOutput: 2048 },
      'groq/tuned': { like: 'openai/gpt-4o', estimate: 'llama-3' },
    },
  } as const;

  it('replace a price and its date', () => {
    expect(findModel('mistral-ai/mistral-nemo', overrides)).toMatchObject({
      price: { input: 0.1 },
      priceDate: '2026-11-01',
    });
    expect(findModel('openai/gpt-4o', overrides)).toEqual(findModel('openai/gpt-4o'));
  });

  it('describe a deployment by the model it is like', () => {
    expect(findModel('azure/support-bot', overrides)).toMatchObject({
      id: 'microsoft/support-bot',
      encoding: 'o200k_base',
      contextWindow: 32_000,
      price: { input: 0.15 },
      priceDate: '2026-09-23',
    });
    expect(findModel('azure/support-bot', overrides)).not.toHaveProperty('retired');
    expect(findModel('groq/tuned', overrides)?.estimate).toBe('llama-3');
    expect(findModel('groq/tuned', overrides)).not.toHaveProperty('encoding');
  });

  it('make an unknown model known', () => {
    const known = findModel('acme/in-house', overrides);
    expect(known).toMatchObject({ id: 'acme/in-house', publisher: 'acme', encoding: 'cl100k_base', maxOutput: 2048 });
    expect(known).not.toHaveProperty('price');
  });

  it('may be of any name', () => {
    const models = { 'constructor/__proto__': { like: 'openai/gpt-4o' }, toString: { maxOutput: 7 } };
    expect(findModel('constructor/__proto__', { date: '2026-11-01', models })?.encoding).toBe('o200k_base');
    expect(findModel('tostring', { date: '2026-11-01', models })?.maxOutput).toBe(7);
  });

  it('have a schema that takes them and refuses a misspelt key', () => {
    const accepts = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(modelsFileSchema);
    expect(accepts(overrides)).toBe(true);
    expect(accepts({ date: '2026-11-01', models: { 'openai/gpt-4o': { price: { input: 1, outputs: 2 } } } })).toBe(
      false,
    );
    expect(accepts({ models: {} })).toBe(false);
  });
});

describe('names', () => {
  it('of publishers include aliases', () => {
    expect(publishers()).toEqual(
      expect.arrayContaining(['openai', 'mistral-ai', 'mistral', 'meta-llama', 'googleai', 'core42']),
    );
    expect(canonicalPublisher('Meta-Llama')).toBe('meta');
    expect(canonicalPublisher('acme')).toBeUndefined();
    expect(parseModelId('openrouter/x-ai/grok-3')).toEqual({ publisher: 'xai', name: 'grok-3' });
  });

  it.each([
    ['openai/gtp-4o', 'openai/gpt-4o'],
    ['opnai/gpt-4o', 'openai/gpt-4o'],
    ['gpt4o', 'openai/gpt-4o'],
    ['antropic/claude-opus-4-8', 'anthropic/claude-opus-4-8'],
    ['acme/rocket', undefined],
    ['', undefined],
  ])('nearest to %j is %j', (asked, nearest) => {
    expect(nearestModel(asked)).toBe(nearest);
  });

  it.each([
    ['gpt-4o', 'o200k_base'],
    ['openai/gpt-4.1-mini', 'o200k_base'],
    ['gpt-5.2-codex', 'o200k_base'],
    ['o3-mini', 'o200k_base'],
    ['o4-mini-2025-04-16', 'o200k_base'],
    ['ft:gpt-4o-mini-2024-07-18:acme::abc', 'o200k_base'],
    ['gpt-oss-120b', 'o200k_harmony'],
    ['groq/openai/gpt-oss-20b', 'o200k_harmony'],
    ['gpt-4', 'cl100k_base'],
    ['gpt-4-turbo-2024-04-09', 'cl100k_base'],
    ['gpt-3.5-turbo', 'cl100k_base'],
    ['azure/gpt-35-turbo', 'cl100k_base'],
    ['ft:gpt-3.5-turbo-0613:acme::abc', 'cl100k_base'],
    ['text-davinci-003', 'p50k_base'],
    ['davinci', 'r50k_base'],
    ['gpt-6-sol', undefined],
    ['anthropic/claude-opus-4-8', undefined],
    ['meta/llama-3.3-70b-instruct', undefined],
  ])('%s is encoded with %s', (model, encoding) => {
    expect(encodingFor(model)).toBe(encoding);
  });
});

describe('prompt caching', () => {
  it.each([
    ['openai/gpt-4o', { minimumTokens: 1024, stepTokens: 128, write: 1, read: 0.5 }],
    ['openai/gpt-4.1', { minimumTokens: 1024, read: 0.25 }],
    ['openai/gpt-5', { minimumTokens: 1024, read: 0.1, breakpoints: 0 }],
    ['openai/gpt-5.6', { minimumTokens: 1024, write: 1.25, read: 0.1, breakpoints: 4 }],
    ['anthropic/claude-opus-5', { minimumTokens: 512, write: 1.25, writeHour: 2, read: 0.1, breakpoints: 4 }],
    ['anthropic/claude-sonnet-4-6', { minimumTokens: 1024 }],
    ['anthropic/claude-opus-4-8', { minimumTokens: 1024 }],
    ['anthropic/claude-opus-4-7', { minimumTokens: 2048 }],
    ['anthropic/claude-haiku-4-5', { minimumTokens: 4096 }],
    ['bedrock/anthropic.claude-haiku-4-5-20251001-v1:0', { minimumTokens: 4096 }],
    ['google/gemini-2.5-flash', { minimumTokens: 2048, read: 0.1 }],
    ['google/gemini-3.5-flash', { minimumTokens: 4096 }],
  ])('of %s', (id, facts) => {
    expect(cacheFacts(id)).toMatchObject({
      ...facts,
      ...('read' in facts ? { read: expect.closeTo(facts.read, 9) } : {}),
    });
  });

  it('is not known where a model has none', () => {
    expect(cacheFacts('openai/gpt-4')).toBeUndefined();
    expect(cacheFacts('meta/llama-3.3-70b-instruct')).toBeUndefined();
    expect(cacheFacts('acme/rocket')).toBeUndefined();
  });

  it('caches nothing below the minimum, then whole steps', () => {
    const openai = { minimumTokens: 1024, stepTokens: 128 };
    expect([1023, 1024, 1151, 1152, 1300].map((tokens) => cacheableTokens(tokens, openai))).toEqual([
      0, 1024, 1024, 1152, 1280,
    ]);
    expect(cacheableTokens(700, { stepTokens: 1 })).toBe(700);
  });

  it('breaks even at the hit rates of the formula', () => {
    expect(breakEvenHitRate(1.25, 0.1)).toBeCloseTo(0.217, 3);
    expect(breakEvenHitRate(2, 0.1)).toBeCloseTo(0.526, 3);
    expect(breakEvenHitRate(1, 0.5)).toBe(0);
  });

  it('costs as much with the cache as without at the break-even rate, and less above it', () => {
    const rate = fc.double({ min: 1.01, max: 3, noNaN: true });
    const read = fc.double({ min: 0, max: 0.9, noNaN: true });
    const tokens = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(rate, read, tokens, tokens, (write, reading, staticTokens, variableTokens) => {
        const use = { staticTokens, variableTokens, cachedTokens: staticTokens, write, read: reading };
        const hitRate = breakEvenHitRate(write, reading);
        expect(relativeInputCost({ ...use, hitRate })).toBeCloseTo(1, 9);
        expect(relativeInputCost({ ...use, hitRate: 1 })).toBeLessThan(1);
      }),
    );
    expect(
      relativeInputCost({ staticTokens: 0, variableTokens: 0, cachedTokens: 0, hitRate: 1, write: 1, read: 0 }),
    ).toBe(1);
  });

  it('is hit more the more often it is called', () => {
    expect(expectedHitRate(1 / 300, 300)).toBeCloseTo(1 - Math.exp(-1), 12);
    expect(expectedHitRate(0, 300)).toBe(0);
  });
});
