export { type GateOptions, type GateResult, judgeTogether, type Verdict } from './gate.ts';
export { countPairs, gatePairs } from './gate-pairs.ts';
export { gateRate, type RateGateResult } from './gate-rate.ts';
export { gateScores, type GateScoresOptions } from './gate-scores.ts';
