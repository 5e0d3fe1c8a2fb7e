import type { CacheFacts } from './cache-facts.ts';

/**
 * How many tokens of a static prefix the provider caches: none below its minimum, else whole steps.
 *
 * @example cacheableTokens(1300, { minimumTokens: 1024, stepTokens: 128 }) // 1280
 */
export function cacheableTokens(prefixTokens: number, facts: Pick<CacheFacts, 'minimumTokens' | 'stepTokens'>): number {
  if (prefixTokens < (facts.minimumTokens ?? 0)) return 0;
  return prefixTokens - (prefixTokens % facts.stepTokens);
}

/** A prompt as the cache sees it; tokens of one call. */
export interface CacheUse {
  /** Tokens before the first part that varies. */
  readonly staticTokens: number;
  readonly variableTokens: number;
  /** The part of the static tokens that the provider caches. */
  readonly cachedTokens: number;
  /** Share of calls that find the prefix in the cache, 0 to 1. */
  readonly hitRate: number;
  /** Cost of writing and of reading, as multiples of the input rate. */
  readonly write: number;
  readonly read: number;
}

/**
 * What input costs with the cache, as a share of what it costs without:
 * [(1-h)Cw + hCr + (S-C) + V] / (S+V) for static tokens S, variable V, cached C, hit rate h, write w, read r.
 */
export function relativeInputCost({
  staticTokens,
  variableTokens,
  cachedTokens,
  hitRate,
  write,
  read,
}: CacheUse): number {
  const total = staticTokens + variableTokens;
  if (total === 0) return 1;
  const cached = (1 - hitRate) * cachedTokens * write + hitRate * cachedTokens * read;
  return (cached + staticTokens - cachedTokens + variableTokens) / total;
}

/**
 * The hit rate from which caching costs less than not caching: (w-1)/(w-r), and 0 where writing is free.
 *
 * @example breakEvenHitRate(1.25, 0.1) // 0.217
 */
export function breakEvenHitRate(write: number, read: number): number {
  return write <= 1 ? 0 : (write - 1) / (write - read);
}

/** The hit rate of calls that arrive at random, `callsPerSecond` on average, with a lifetime renewed by use: 1 - exp(-lT). */
export function expectedHitRate(callsPerSecond: number, lifetimeSeconds: number): number {
  return 1 - Math.exp(-callsPerSecond * lifetimeSeconds);
}
