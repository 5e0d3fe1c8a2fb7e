export { estimateTokens } from './estimate-tokens.ts';
export type { TokenEstimate } from './estimate-tokens.ts';
export { scriptRuns } from './script-runs.ts';
export type { ScriptRun } from './script-runs.ts';
export type { Script } from './script.ts';
export type { EstimateFamily } from './formulas.ts';
