export { costUsd, ratesFor } from './price.ts';
export type { Price, PriceTier, Rates, RequestTokens } from './price.ts';
export { findPriceRow, pricedPublishers, priceRows, priceSource } from './lookup.ts';
export type { PriceRow } from './lookup.ts';
export { globMatcher, isPattern } from './glob.ts';
export type { Matcher } from './glob.ts';
