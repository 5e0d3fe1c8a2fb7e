export { bootstrap, type BootstrapOptions, quantile } from './bootstrap.ts';
export { fleissKappa } from './fleiss-kappa.ts';
export {
  countPairs,
  type GateOptions,
  gatePairs,
  gateRate,
  type GateResult,
  gateScores,
  type GateScoresOptions,
  judgeTogether,
  type RateGateResult,
  type Verdict,
} from './gate/index.ts';
export type { Confidence, Interval } from './interval.ts';
export { cohenKappa, cohenKappaOfTable, confusionTable, type Kappa, type KappaOptions, type Label } from './kappa.ts';
export { mcnemar, type McNemar } from './mcnemar.ts';
export { clusteredInterval, type MeanEstimate, tInterval } from './mean.ts';
export { benjaminiHochberg, holm } from './multiple.ts';
export { normalCdf, normalQuantile } from './normal.ts';
export { pairedT, type PairedT } from './paired-t.ts';
export { clopperPearson, newcombe, newcombePaired, type PairedCounts, wilson } from './proportion.ts';
export { type SampleRatio, sampleRatio } from './sample-ratio.ts';
export { type Power, sampleSize, sampleSizeOfPairs, sampleSizeOfRates, smallestEffect } from './sample-size.ts';
export { confidenceSequence, msprt, type MsprtOptions, type SequentialStep, signEValue } from './sequential.ts';
export { seededRandom } from './random.ts';
export { tQuantile } from './student-t.ts';
