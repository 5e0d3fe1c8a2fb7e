import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { canonicalJson, isObject, member, type Prompt, PromptctlError } from '../model/index.ts';
import { askCount, type CountingApi, type CountingConfig, countQuestion } from '../providers/index.ts';
import { toAnthropic, toGemini, toOpenAIResponses } from '../runtime/index.ts';
import { Cache } from '../store/index.ts';
import type { Figure } from '../tokens/index.ts';
import { findModel } from '../tokens/models/index.ts';
import { countedRequest, type CountOptions } from '../tokens/prompt/index.ts';
import type { Config } from '../workspace/index.ts';

const API_OF: Readonly<Record<string, CountingApi>> = { openai: 'openai', anthropic: 'anthropic', google: 'gemini' };
const BODY_OF = { openai: toOpenAIResponses, anthropic: toAnthropic, gemini: toGemini };

/** Counts a prompt's request at its provider, once for each content: the answer is kept in .promptctl/cache. */
export async function exactCount(
  prompt: Prompt,
  options: CountOptions,
  config: Config,
  folder: string,
): Promise<Figure> {
  const id = options.model ?? prompt.model;
  const info = id === undefined ? undefined : findModel(id, options.overrides);
  const api = info && API_OF[info.provider];
  if (!info || !api) {
    throw new PromptctlError(
      'usage',
      `${prompt.id}: no provider counts for ${id === undefined ? 'a prompt without a model' : `\`${id}\``}`,
      {
        hint: '--exact asks OpenAI, Anthropic or Gemini; leave it out for the local count',
      },
    );
  }
  const counting = countingConfig(api, config);
  const question = countQuestion(api, info.name, BODY_OF[api](countedRequest(prompt, options)), counting);
  const cache = new Cache(join(folder, '.promptctl/cache'), 'write');
  const key = createHash('sha256')
    .update(`count-tokens/1\n${canonicalJson(question)}`)
    .digest('hex');
  const kept = cache.get(key);
  const tokens = typeof kept === 'number' ? kept : await askCount(question, counting);
  if (kept === undefined) cache.put(key, tokens);
  return { tokens, kind: 'exact', by: `${api}'s counting endpoint` };
}

/** The provider of this kind that promptctl.yaml declares, for its address and key; else the maker's own. */
function countingConfig(api: CountingApi, config: Config): CountingConfig {
  const declared = Object.values(config.providers).find((provider) => member(provider, 'kind') === api);
  const text = (name: string): string | undefined => {
    const value = isObject(declared) ? member(declared, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return { baseUrl: text('baseUrl'), apiKeyEnv: text('apiKeyEnv'), environment: process.env };
}
