export { type EmbeddingLevel, embeddingRequest, type EmbeddingWanted } from './question.ts';
export { energeticEmbeddings } from './energetic.ts';
export { embeddingsOver } from './server.ts';
export { moduleEmbeddings } from './module.ts';
