import type { Endpoint } from '../http.ts';
import type { Provider } from '../provider.ts';
import { countOf, listOf, shapeOf } from '../shape.ts';
import { jsonIn } from '../sse.ts';
import { type EmbeddingWanted, textsOf, vectorsAnswer } from './question.ts';

/**
 * A server with OpenAI's embeddings API. Token vectors have no common API: ours is `POST /token-embeddings`, which takes the same body and
 * answers `{ data: [{ index, tokens, vectors, special? }] }`.
 */
export function embeddingsOver(endpoint: Endpoint, { level, model }: EmbeddingWanted): Provider {
  const kind = level === 'tokens' ? 'token-embeddings' : 'embeddings';
  return {
    kind,
    baseUrl: endpoint.baseUrl,
    async complete(request, options) {
      const input = textsOf(request);
      const body = JSON.stringify({ model, input });
      const answer = shapeOf(jsonIn(await endpoint.text({ ...options, path: `/${kind}`, body })));
      const entries = listOf(answer?.data).map(shapeOf);
      entries.sort((a, b) => (countOf(a?.index) ?? 0) - (countOf(b?.index) ?? 0));
      return vectorsAnswer(level === 'tokens' ? entries : entries.map((entry) => entry?.embedding), {
        level,
        texts: input.length,
        inputTokens: countOf(shapeOf(answer?.usage)?.prompt_tokens),
      });
    },
    close: () => endpoint.close(),
  };
}
