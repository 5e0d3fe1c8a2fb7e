export {
  bertIdf,
  type BertScore,
  bertScore,
  bertScoreOfVectors,
  type BertScoreOptions,
  type WeighedVectors,
} from './bert-score.ts';
export { cosineSimilarity } from './cosine.ts';
export { MissingEmbedderError, type SentenceEmbedder, type TokenEmbedder, type TokenVectors } from './embedder.ts';
export { energeticEmbedder } from './energetic.ts';
export { httpEmbedder, type HttpEmbedderOptions, httpTokenEmbedder } from './http.ts';
export { embeddingSimilarity } from './similarity.ts';
