export { estimateTokens } from './estimate-tokens.ts';
export type { TokenEstimate } from './estimate-tokens.ts';
export type { EstimateFamily } from './formulas.ts';
