import { PromptctlError } from '../model/index.ts';
import { embeddingsOver, type EmbeddingWanted } from './embeddings/index.ts';
import { Endpoint } from './http.ts';
import { chatBody, readChat } from './openai-chat.ts';
import { readResponse, responsesBody } from './openai-responses.ts';
import type { Provider, ProviderConfig } from './provider.ts';

/** OpenAI itself: chat completions, or with `api: responses` the responses API. */
export function openai(config: ProviderConfig, key: string | undefined): Provider {
  const endpoint = endpointOf(config, key);
  const stream = config.stream ?? false;
  const isResponses = config.api === 'responses';
  return {
    kind: isResponses ? 'openai-responses' : 'openai',
    baseUrl: endpoint.baseUrl,
    async complete(request, options) {
      if (isResponses)
        return readResponse(
          await endpoint.text({ ...options, path: '/responses', body: responsesBody(request, { stream }) }),
        );
      const body = chatBody(request, { stream, maxTokensKey: 'max_completion_tokens' });
      return readChat(await endpoint.text({ ...options, path: '/chat/completions', body }));
    },
    close: () => endpoint.close(),
  };
}

export function openaiEmbeddings(config: ProviderConfig, key: string | undefined, wanted: EmbeddingWanted): Provider {
  if (wanted.level === 'tokens' && config.baseUrl === undefined)
    throw new PromptctlError('config', 'OpenAI gives no vectors of single tokens', {
      hint: 'tokenEmbeddings needs a server of yours, or a module',
    });
  return embeddingsOver(endpointOf(config, key), wanted);
}

function endpointOf({ baseUrl, connections }: ProviderConfig, key: string | undefined): Endpoint {
  return new Endpoint(baseUrl ?? 'https://api.openai.com/v1', {
    secret: key,
    connections,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  });
}
