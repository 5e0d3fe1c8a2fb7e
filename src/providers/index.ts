export type { Batching, BatchLook, BatchResult } from './batch.ts';
export { BATCHING_KINDS, createEmbeddings, createProvider, type ProviderOptions } from './create.ts';
export { type EmbeddingLevel, embeddingRequest, type EmbeddingWanted } from './embeddings/index.ts';
export { type Fault, ProviderError } from './error.ts';
export { type RateLimits } from './limits.ts';
export type {
  CallOptions,
  Completion,
  CompletionRequest,
  FinishReason,
  Provider,
  ProviderConfig,
  ToolCall,
  Usage,
} from './provider.ts';
export { runCommand, withoutSecrets } from './exec.ts';
export { importFile } from './module.ts';
export { askCount, type CountingApi, type CountingConfig, countQuestion } from './count-endpoint.ts';
