import { execFileSync } from 'node:child_process';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import {
  costUsd,
  findPriceRow,
  pricedPublishers,
  priceRows,
  priceSource,
  ratesFor,
} from '../../src/tokens/prices/index.ts';

/** The package's provider id where ours has GitHub Models' name. */
const PACKAGE_ID: Record<string, string> = { 'mistral-ai': 'mistral', xai: 'x-ai', microsoft: 'azure', amazon: 'aws' };

describe('price table', () => {
  it('is what scripts/price-table.ts writes from the installed package', () => {
    execFileSync('npx', ['tsx', 'scripts/price-table.ts', '--check'], { stdio: 'pipe' });
  });

  it('says which package and which day it is from', () => {
    expect(priceSource()).toMatchInlineSnapshot(`
      {
        "date": "2026-09-23",
        "source": "@pydantic/genai-prices 0.1.8",
      }
    `);
  });

  it('costs what the package calculates, below and above every tier, cached and written', () => {
    const midnightIsCheap = new Set(['deepseek']);
    const timestamp = new Date(`${priceSource().date}T00:00:00Z`);
    let compared = 0;
    for (const publisher of pricedPublishers()) {
      const provider = findProvider({ providerId: PACKAGE_ID[publisher] ?? publisher })!;
      for (const { id, price } of priceRows(publisher)) {
        const model = provider.models.find((candidate) => candidate.id === id)!;
        if (price === undefined || midnightIsCheap.has(publisher)) continue;
        for (const input of [1000, ...(price.tiers ?? []).flatMap(({ above }) => [above, above + 1])]) {
          const tokens = { input, output: 700, cachedInput: 300, cacheWrite: price.cacheWrite === undefined ? 0 : 200 };
          const usage = {
            input_tokens: input,
            output_tokens: 700,
            cache_read_tokens: 300,
            cache_write_tokens: tokens.cacheWrite,
          };
          const only = { ...provider, models: [{ ...model, match: { equals: 'it' } }] };
          const expected = calcPrice(usage, 'it', { provider: only, timestamp })!;
          expect(costUsd(tokens, price), `${publisher}/${id} at ${input}`).toBeCloseTo(
            expected.input_price + expected.output_price,
            9,
          );
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('takes the dearest hour where the price depends on the time of day', () => {
    expect(findPriceRow('deepseek', 'deepseek-reasoner')?.price).toMatchObject({ input: 0.55, output: 2.19 });
  });

  it('prefers the most specific name', () => {
    expect(findPriceRow('openai', 'gpt-4o-2024-05-13')?.id).toBe('gpt-4o-2024-05-13');
    expect(findPriceRow('openai', 'gpt-4o-2024-08-06')?.id).toBe('gpt-4o');
    expect(findPriceRow('google', 'gemini-2.5-pro-preview-tts')?.id).toBe('gemini-2.5-pro-tts');
    expect(findPriceRow('google', 'gemini-2.5-pro-preview-06-05')?.id).toBe('gemini-2.5-pro');
  });

  it('lets a host resell a maker’s models, and knows no others', () => {
    expect(findPriceRow('microsoft', 'gpt-4.1')?.price).toEqual(findPriceRow('openai', 'gpt-4.1')?.price);
    expect(findPriceRow('openai', 'claude-opus-4-8')).toBeUndefined();
    expect(findPriceRow('openai', 'gpt-4o-maxi')).toBeUndefined();
    expect(findPriceRow('acme', 'gpt-4o')).toBeUndefined();
  });
});

describe('costUsd', () => {
  const tiered = { input: 2, output: 12, tiers: [{ above: 200_000, input: 4, output: 18 }] };

  it('is undefined for an unknown price, never 0', () => {
    expect(costUsd({ input: 1, output: 1 }, undefined)).toBeUndefined();
  });

  it('reprices the whole request above a tier', () => {
    expect(costUsd({ input: 200_000, output: 1000 }, tiered)).toBeCloseTo(0.412, 12);
    expect(costUsd({ input: 200_001, output: 1000 }, tiered)).toBeCloseTo(0.818004, 12);
    expect(ratesFor(200_001, tiered).output).toBe(18);
  });

  it('charges cached input at the input rate where no cached price is listed', () => {
    const price = { input: 10, output: 30 };
    expect(costUsd({ input: 1000, output: 0, cachedInput: 600 }, price)).toBeCloseTo(0.01, 12);
    expect(costUsd({ input: 1000, output: 0, cachedInput: 600 }, { ...price, cachedInput: 1 })).toBeCloseTo(0.0046, 12);
  });
});
