import { PromptctlError } from '../model/index.ts';
import { embeddingsOver, type EmbeddingWanted } from './embeddings/index.ts';
import { Endpoint } from './http.ts';
import { openaiBatching } from './openai-batch.ts';
import { chatBody, fromChatBody, readChat } from './openai-chat.ts';
import { fromResponse, readResponse, responsesBody } from './openai-responses.ts';
import type { CompletionRequest, Provider, ProviderConfig } from './provider.ts';
import { shapeOf } from './shape.ts';

/** OpenAI itself: chat completions, or with `api: responses` the responses API. */
export function openai(config: ProviderConfig, key: string | undefined): Provider {
  const endpoint = endpointOf(config, key);
  const stream = config.stream ?? false;
  const isResponses = config.api === 'responses';
  const body = (request: CompletionRequest, asStream: boolean): string =>
    isResponses
      ? responsesBody(request, { stream: asStream })
      : chatBody(request, { stream: asStream, maxTokensKey: 'max_completion_tokens' });
  const path = isResponses ? '/responses' : '/chat/completions';
  return {
    kind: isResponses ? 'openai-responses' : 'openai',
    baseUrl: endpoint.baseUrl,
    async complete(request, options) {
      const answer = await endpoint.text({ ...options, path, body: body(request, stream) });
      return isResponses ? readResponse(answer) : readChat(answer);
    },
    batching: openaiBatching(endpoint, {
      path,
      body: (request) => body(request, false),
      read: (answer) => (isResponses ? fromResponse(shapeOf(answer)) : fromChatBody(answer)),
    }),
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
