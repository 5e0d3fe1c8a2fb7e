/** What a model costs, in US dollars per million tokens of text. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  /** Input read from the prompt cache. Without it the input rate holds. */
  readonly cachedInput?: number;
  /** Input written to the prompt cache (for its shortest lifetime). Without it the input rate holds. */
  readonly cacheWrite?: number;
  /** Input written to the prompt cache for one hour. */
  readonly cacheWriteHour?: number;
}

/** The rates of a request with more than `above` input tokens; they hold for all of its tokens. */
export interface PriceTier extends Rates {
  readonly above: number;
}

export interface Price extends Rates {
  /** From the lowest threshold to the highest. */
  readonly tiers?: readonly PriceTier[];
}

/** Tokens of one request. `input` counts all of its input, cached or not, as OpenAI and OpenTelemetry do. */
export interface RequestTokens {
  readonly input: number;
  readonly output: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
}

/**
 * The cost of one request in US dollars; undefined when the price is not known.
 *
 * A tier reprices the whole request, not the tokens over its threshold.
 *
 * @example costUsd({ input: 1000, output: 500 }, { input: 2.5, output: 10 }) // 0.0075
 */
export function costUsd(tokens: RequestTokens, price: Price | undefined): number | undefined {
  if (price === undefined) return undefined;
  const rates = ratesFor(tokens.input, price);
  const cached = tokens.cachedInput ?? 0;
  const written = tokens.cacheWrite ?? 0;
  const dollarsPerMillion =
    (tokens.input - cached - written) * rates.input +
    cached * (rates.cachedInput ?? rates.input) +
    written * (rates.cacheWrite ?? rates.input) +
    tokens.output * rates.output;
  return dollarsPerMillion / 1_000_000;
}

/** The rates that hold for a request of `inputTokens`. */
export function ratesFor(inputTokens: number, price: Price): Rates {
  return price.tiers?.findLast((tier) => inputTokens > tier.above) ?? price;
}
