import { PromptctlError } from '../model/index.ts';
import { embeddingsOver, type EmbeddingWanted } from './embeddings/index.ts';
import { Endpoint } from './http.ts';
import { chatBody, readChat } from './openai-chat.ts';
import type { Provider, ProviderConfig } from './provider.ts';

/**
 * Any server that speaks chat completions: Ollama, llama.cpp, vLLM, LiteLLM, Groq, Azure, GitHub Models. It is sent the key that
 * `apiKeyEnv` names, or none: never another provider's.
 */
export function openaiCompatible(config: ProviderConfig, key: string | undefined): Provider {
  const endpoint = endpointOf(config, key);
  const stream = config.stream ?? false;
  return {
    kind: 'openai-compatible',
    baseUrl: endpoint.baseUrl,
    async complete(request, options) {
      // `max_tokens`, though OpenAI has renamed it: it is the one that every compatible server knows.
      const body = chatBody(request, { stream, maxTokensKey: 'max_tokens' });
      return readChat(await endpoint.text({ ...options, path: '/chat/completions', body }));
    },
    close: () => endpoint.close(),
  };
}

export function compatibleEmbeddings(
  config: ProviderConfig,
  key: string | undefined,
  wanted: EmbeddingWanted,
): Provider {
  return embeddingsOver(endpointOf(config, key), wanted);
}

function endpointOf({ baseUrl, connections }: ProviderConfig, key: string | undefined): Endpoint {
  if (baseUrl === undefined) {
    throw new PromptctlError('config', 'An openai-compatible provider needs a baseUrl', {
      hint: 'For Ollama: baseUrl: http://127.0.0.1:11434/v1',
    });
  }
  return new Endpoint(baseUrl, {
    secret: key,
    connections,
    headers: key === undefined ? {} : keyHeader(baseUrl, key),
  });
}

function keyHeader(baseUrl: string, key: string): Record<string, string> {
  const isAzure = /\.(openai|services\.ai|cognitiveservices)\.azure\.com$/.test(new URL(baseUrl).hostname);
  return isAzure ? { 'api-key': key } : { authorization: `Bearer ${key}` };
}
