import { contentText } from '../../runtime/index.ts';
import type { Completion, CompletionRequest } from '../provider.ts';
import { listOf, mustBe, shapeOf, textOf } from '../shape.ts';

/** What gets a vector: each text, or each token of each text. */
export type EmbeddingLevel = 'texts' | 'tokens';

export interface EmbeddingWanted {
  readonly level: EmbeddingLevel;
  /** As the endpoint knows it; a server with a single model asks for none. */
  readonly model?: string | undefined;
}

/**
 * The question for the vectors of some texts, in the words of any other question: so it is limited, retried, cached, recorded and paid
 * for like one. The answer's text is JSON: a list of vectors, or of `{ tokens, vectors, special? }`.
 */
export function embeddingRequest(model: string, texts: readonly string[]): CompletionRequest {
  return { model, messages: texts.map((content) => ({ role: 'user', content })), parameters: {}, tools: [] };
}

export function textsOf({ messages }: CompletionRequest): string[] {
  return messages.map(({ content }) => contentText(content));
}

/** The answer to a question for vectors. @throws ProviderError `malformed` where there is not one entry a text. */
export function vectorsAnswer(
  entries: readonly unknown[],
  {
    level,
    texts,
    inputTokens,
  }: { readonly level: EmbeddingLevel; readonly texts: number; readonly inputTokens?: number | undefined },
): Completion {
  mustBe(entries.length === texts ? entries : undefined, `entry for each of ${texts} texts`);
  const vectors = entries.map(level === 'tokens' ? readTokens : readVector);
  return {
    text: JSON.stringify(vectors),
    finishReason: 'stop',
    ...(inputTokens === undefined ? {} : { usage: { inputTokens, outputTokens: 0 } }),
  };
}

function readVector(value: unknown): readonly unknown[] {
  const numbers = listOf(value);
  const isVector = numbers.length > 0 && numbers.every((number) => typeof number === 'number');
  return mustBe(isVector ? numbers : undefined, 'vector of numbers');
}

function readTokens(value: unknown): object {
  const entry = shapeOf(value);
  const tokens = listOf(entry?.tokens).map((token) => mustBe(textOf(token), 'tokens[] of texts'));
  const vectors = listOf(entry?.vectors).map(readVector);
  mustBe(tokens.length === vectors.length ? tokens : undefined, 'vector for each token');
  return { tokens, vectors, ...(Array.isArray(entry?.special) ? { special: entry.special.map(Boolean) } : {}) };
}
