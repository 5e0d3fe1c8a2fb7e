/** What an endpoint says of its limits. Milliseconds are from the moment the headers came. */
export interface RateLimits {
  readonly remainingRequests?: number;
  readonly requestsResetMs?: number;
  readonly remainingTokens?: number;
  readonly tokensResetMs?: number;
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** OpenAI's `x-ratelimit-*`, which most compatible servers copy, and Anthropic's `anthropic-ratelimit-*`; undefined where there is neither. */
export function rateLimits(headers: Headers, nowMs: number): RateLimits | undefined {
  const openai =
    headers['x-ratelimit-remaining-requests'] !== undefined || headers['x-ratelimit-remaining-tokens'] !== undefined;
  const prefix = openai ? 'x-ratelimit-' : 'anthropic-ratelimit-';
  const name = openai
    ? (what: string, unit: string) => `${prefix}${what}-${unit}`
    : (what: string, unit: string) => `${prefix}${unit}-${what}`;
  if (!openai && headers[name('remaining', 'requests')] === undefined) return undefined;
  const number = (key: string): number | undefined => {
    const text = headers[key];
    return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const reset = (key: string): number | undefined => {
    const text = headers[key];
    return typeof text === 'string' ? durationMs(text, nowMs) : undefined;
  };
  return defined({
    remainingRequests: number(name('remaining', 'requests')),
    requestsResetMs: reset(name('reset', 'requests')),
    remainingTokens: number(name('remaining', 'tokens')),
    tokensResetMs: reset(name('reset', 'tokens')),
  });
}

/** Retry-After (seconds or an HTTP date, RFC 9110) or `retry-after-ms`, in milliseconds; undefined where there is none. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const exact = headers['retry-after-ms'];
  if (typeof exact === 'string' && /^\d+(\.\d+)?$/.test(exact)) return Number(exact);
  const text = headers['retry-after'];
  if (typeof text !== 'string' || text === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `6m0s`, `12ms`, plain seconds, or an RFC 3339 time. */
function durationMs(text: string, nowMs: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
    let total = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
      total += Number(amount) * UNIT_MS[unit!]!;
    return total;
  }
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, time - nowMs);
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
