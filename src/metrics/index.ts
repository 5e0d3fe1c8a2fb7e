export {
  bleu,
  type BleuOptions,
  type BleuResult,
  type BleuSmoothing,
  bleuTokenize,
  type BleuTokenizer,
  sentenceBleu,
} from './bleu/index.ts';
export { chrf, type ChrfOptions, type ChrfResult, sentenceChrf } from './chrf.ts';
export {
  bertIdf,
  type BertScore,
  bertScore,
  bertScoreOfVectors,
  type BertScoreOptions,
  cosineSimilarity,
  embeddingSimilarity,
  energeticEmbedder,
  httpEmbedder,
  type HttpEmbedderOptions,
  httpTokenEmbedder,
  MissingEmbedderError,
  type SentenceEmbedder,
  type TokenEmbedder,
  type TokenVectors,
  type WeighedVectors,
} from './embeddings/index.ts';
export { corpusGleu, gleu, type GleuOptions } from './gleu.ts';
export { levenshtein, levenshteinSimilarity } from './levenshtein.ts';
export { meteor, type MeteorOptions } from './meteor.ts';
export { passAtK, passHatK } from './pass-at-k.ts';
export { type PorterMode, porterStem } from './porter-stem.ts';
export {
  rouge,
  rougeBlindShare,
  type RougeOptions,
  type RougeScore,
  rougeTokenize,
  type RougeType,
} from './rouge/index.ts';
export { squadExactMatch, squadF1, type SquadF1Options, squadNormalize } from './squad.ts';
export { sentenceTer, ter, type TerOptions, type TerResult } from './ter/index.ts';
export type { TextOrWords } from './words.ts';
