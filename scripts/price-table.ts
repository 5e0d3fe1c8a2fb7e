/**
 * Writes src/tokens/prices/table.ts from the npm package @pydantic/genai-prices, through its public API.
 *
 *     npx tsx scripts/price-table.ts            write it
 *     npx tsx scripts/price-table.ts --check    exit 1 when it is stale
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { findProvider } from '@pydantic/genai-prices';
import type { ConditionalPrice, MatchLogic, ModelInfo, ModelPrice, Provider } from '@pydantic/genai-prices';

/** When each version reached the npm registry (`npm view @pydantic/genai-prices time --json`): the date of its prices. */
const PUBLISHED: Readonly<Record<string, string>> = { '0.1.8': '2026-09-23' };

/** Our publisher names (GitHub Models' where it has one) and the package's provider ids. */
const PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  'mistral-ai': 'mistral',
  deepseek: 'deepseek',
  xai: 'x-ai',
  cohere: 'cohere',
  microsoft: 'azure',
  amazon: 'aws',
  groq: 'groq',
  moonshotai: 'moonshotai',
  minimax: 'minimax',
  zai: 'zai',
};

const TABLE = new URL('../src/tokens/prices/table.ts', import.meta.url);

interface Row {
  match: string[];
  window?: number;
  price?: Record<string, unknown>;
}

function main(): void {
  const version = installedVersion();
  const date = PUBLISHED[version];
  if (date === undefined) {
    throw new Error(
      `@pydantic/genai-prices ${version} has no date in PUBLISHED (scripts/price-table.ts); add the day it was published`,
    );
  }
  const text = source(version, date);
  if (!process.argv.includes('--check')) {
    writeFileSync(TABLE, text);
  } else if (readFileSync(TABLE, 'utf8') !== text) {
    console.error('src/tokens/prices/table.ts is stale: run npx tsx scripts/price-table.ts');
    process.exitCode = 1;
  }
}

function installedVersion(): string {
  const manifest = new URL('../package.json', import.meta.resolve('@pydantic/genai-prices'));
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
  return version;
}

/** One line a model, so that a new version of the package reads as a diff of prices. */
function source(version: string, date: string): string {
  const publishers = Object.entries(PROVIDERS).map(([publisher, id]) => {
    const provider = providerOf(id);
    const fallback = (provider.fallback_model_providers ?? []).map(publisherOf).filter((name) => name !== undefined);
    const rows = provider.models.map((model) => `${JSON.stringify(model.id)}:${JSON.stringify(rowOf(model, date))}`);
    return `${JSON.stringify(publisher)}:{"fallback":${JSON.stringify(fallback)},"models":{\n${rows.join(',\n')}}}`;
  });
  const json = `{"source":"@pydantic/genai-prices ${version}","date":"${date}","publishers":{\n${publishers.join(',\n')}}}`;
  return [
    '// Written by scripts/price-table.ts from @pydantic/genai-prices (MIT). Do not edit.',
    '',
    '/** The price table as JSON text, because it is parsed only when a price is asked for. */',
    `export const priceTableJson: string = \`${json}\`;`,
    '',
  ].join('\n');
}

function providerOf(id: string): Provider {
  const provider = findProvider({ providerId: id });
  if (provider?.id !== id) throw new Error(`@pydantic/genai-prices has no provider '${id}'`);
  return provider;
}

function publisherOf(id: string): string | undefined {
  return Object.keys(PROVIDERS).find((publisher) => PROVIDERS[publisher] === id);
}

function rowOf(model: ModelInfo, date: string): Row {
  const row: Row = { match: globs(model.match) };
  if (model.context_window !== undefined) row.window = model.context_window;
  const price = priceOf(pricesOn(model.prices, date));
  if (price !== undefined) row.price = price;
  return row;
}

/** The package's matching rules as globs: `*` is anything, `#` a digit. */
function globs(match: MatchLogic): string[] {
  if ('or' in match) return match.or.flatMap(globs);
  if ('equals' in match) return [match.equals.toLowerCase()];
  if ('starts_with' in match) return [`${match.starts_with.toLowerCase()}*`];
  if ('ends_with' in match) return [`*${match.ends_with.toLowerCase()}`];
  if ('contains' in match) return [`*${match.contains.toLowerCase()}*`];
  if ('regex' in match) return [regexGlob(match.regex)];
  // "Starts with x, and is not a speech model": speech models have longer globs of their own, and the longest wins.
  const positive = match.and.filter((part) => !('regex' in part && part.regex.startsWith('^(?!')));
  if (positive.length !== 1) throw new Error(`no glob for ${JSON.stringify(match)}`);
  return globs(positive[0]!);
}

/** `^name-\d{4}-\d{2}$` and `^name-\d` are the only shapes the package uses. */
function regexGlob(regex: string): string {
  const body = regex.replace(/^\^/, '').replace(/\$$/, '');
  const glob = body
    .replaceAll(/\\d\{(\d+)\}/g, (_, count: string) => '#'.repeat(Number(count)))
    .replaceAll('\\d', '#')
    .replaceAll('\\.', '.');
  if (!regex.startsWith('^') || /[\\()[\]{}|+?*^$]/.test(glob)) throw new Error(`no glob for /${regex}/`);
  return regex.endsWith('$') ? glob : `${glob}*`;
}

/** What is in force on `date`; where the price depends on the hour, the dearest, as budgets are for the worst case. */
function pricesOn(prices: ConditionalPrice[] | ModelPrice, date: string): ModelPrice {
  if (!Array.isArray(prices)) return prices;
  let dated: ModelPrice = {};
  const hourly: ModelPrice[] = [];
  for (const { constraint, prices: price } of prices) {
    if (constraint?.type === 'time_of_date') hourly.push(price);
    else if (constraint === undefined || constraint.start_date <= date) dated = price;
  }
  return [dated, ...hourly].reduce((dearest, price) =>
    base(price, 'input_mtok') > base(dearest, 'input_mtok') ? price : dearest,
  );
}

const PRICE_KEYS = {
  input: 'input_mtok',
  output: 'output_mtok',
  cachedInput: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWriteHour: 'cache_write_1h_mtok',
} as const;

function priceOf(prices: ModelPrice): Record<string, unknown> | undefined {
  if (prices['input_mtok'] === undefined || prices['output_mtok'] === undefined) return undefined;
  const above = new Set<number>();
  for (const key of Object.values(PRICE_KEYS)) {
    const value = prices[key];
    if (typeof value === 'object') for (const tier of value.tiers) above.add(tier.start);
  }
  const price: Record<string, unknown> = ratesAt(prices, 0);
  if (above.size > 0) {
    price['tiers'] = [...above].sort((a, b) => a - b).map((start) => ({ above: start, ...ratesAt(prices, start + 1) }));
  }
  return price;
}

function ratesAt(prices: ModelPrice, inputTokens: number): Record<string, number> {
  const rates: Record<string, number> = {};
  for (const [name, key] of Object.entries(PRICE_KEYS)) {
    const value = prices[key];
    if (value === undefined) continue;
    rates[name] =
      typeof value === 'number'
        ? value
        : (value.tiers.findLast((tier) => inputTokens > tier.start)?.price ?? value.base);
  }
  return rates;
}

function base(prices: ModelPrice, key: string): number {
  const value = prices[key];
  return typeof value === 'object' ? value.base : (value ?? -1);
}

main();
