import { PromptctlError } from '../model/index.ts';
import { ProviderError } from './error.ts';
import { Endpoint } from './http.ts';
import { countOf, shapeOf } from './shape.ts';
import { jsonIn } from './sse.ts';

/** A provider that counts a request's tokens when asked, as its own page documents the call. */
export type CountingApi = 'openai' | 'anthropic' | 'gemini';

interface Counting {
  readonly baseUrl: string;
  readonly apiKeyEnv: string;
  headers(key: string): Record<string, string>;
  path(model: string): string;
  body(model: string, body: Readonly<Record<string, unknown>>): object;
  /** The member of the answer that holds the count. */
  readonly member: string;
}

const APIS: Readonly<Record<CountingApi, Counting>> = {
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    apiKeyEnv: 'OPENAI_API_KEY',
    headers: (key) => ({ authorization: `Bearer ${key}` }),
    path: () => '/responses/input_tokens',
    body: (model, { input, tools, text }) => ({ model, input, tools, text }),
    member: 'input_tokens',
  },
  anthropic: {
    baseUrl: 'https://api.anthropic.com/v1',
    apiKeyEnv: 'ANTHROPIC_API_KEY',
    headers: (key) => ({ 'anthropic-version': '2023-06-01', 'x-api-key': key }),
    path: () => '/messages/count_tokens',
    body: (model, { system, messages, tools }) => ({ model, system, messages, tools }),
    member: 'input_tokens',
  },
  gemini: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    apiKeyEnv: 'GEMINI_API_KEY',
    headers: (key) => ({ 'x-goog-api-key': key }),
    path: (model) => `/models/${encodeURIComponent(model)}:countTokens`,
    body: (model, { systemInstruction, contents, tools }) => ({
      generateContentRequest: { model: `models/${model}`, systemInstruction, contents, tools },
    }),
    member: 'totalTokens',
  },
};

export interface CountingConfig {
  readonly baseUrl?: string | undefined;
  readonly apiKeyEnv?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

/** What a count is asked by: the cache's key is made of it, so it holds no key of the provider. */
export interface CountQuestion {
  readonly api: CountingApi;
  readonly url: string;
  readonly body: object;
}

/** The question for a request body of the provider's own API: for OpenAI that of responses. */
export function countQuestion(
  api: CountingApi,
  model: string,
  body: Readonly<Record<string, unknown>>,
  config: CountingConfig,
): CountQuestion {
  const { baseUrl, path, body: bodyOf } = APIS[api];
  return { api, url: (config.baseUrl ?? baseUrl).replace(/\/+$/, '') + path(model), body: bodyOf(model, body) };
}

/**
 * Asks the provider how many tokens a request has.
 *
 * @throws PromptctlError `config` without a key; `provider` where it does not answer with a number
 */
export async function askCount(question: CountQuestion, config: CountingConfig): Promise<number> {
  const { apiKeyEnv, headers, member, path } = APIS[question.api];
  const variable = config.apiKeyEnv ?? apiKeyEnv;
  const key = config.environment[variable];
  if (!key) throw new PromptctlError('config', `Counting at ${question.api} needs a key`, { hint: `set ${variable}` });
  const url = new URL(question.url);
  const endpoint = new Endpoint(url.origin, { secret: key, headers: headers(key) });
  try {
    const answer = await endpoint.text({
      path: url.pathname + url.search,
      body: JSON.stringify(question.body),
      timeoutMs: config.timeoutMs ?? 30_000,
      signal: new AbortController().signal,
    });
    const count = countOf(shapeOf(jsonIn(answer))?.[member]);
    if (count === undefined) throw new ProviderError('malformed', `${path('...')} answers without \`${member}\``);
    return count;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw new PromptctlError('provider', `The count is unknown: ${error.message}`, {
      hint: 'leave --exact out for the local count',
      cause: error,
    });
  } finally {
    await endpoint.close();
  }
}
