import { globMatcher, isPattern } from '../prices/index.ts';
import type { Matcher } from '../prices/index.ts';
import type { Provider } from './model-info.ts';

/**
 * Models that exist and that the price table does not list: those of GitHub Models' catalogue (as in Aspire 13.2's
 * GitHubModelName, read November 2026), models newer than the table, Google's rolling aliases, and models that are not priced by
 * the token of text.
 */
const UNPRICED: Readonly<Record<string, readonly string[]>> = {
  openai: [
    'gpt-6.1-sol',
    'gpt-6.1-terra',
    'dall-e-2',
    'dall-e-3',
    'tts-1',
    'tts-1-hd',
    'sora-2',
    'sora-2-pro',
    'text-davinci-edit-001',
  ],
  anthropic: [
    'claude-2.0',
    'claude-2.1',
    'claude-1.0',
    'claude-1.1',
    'claude-1.2',
    'claude-1.3',
    'claude-instant-1.0',
    'claude-instant-1.1',
    'claude-instant-1.2',
    'claude-mythos-5',
    'claude-mythos-5-1',
    'claude-mythos-5-2',
    'claude-mythos-preview',
    'claude-fable-5-2',
    'claude-sonnet-5-5',
    'claude-haiku-5-5',
  ],
  google: [
    'gemini-pro-latest',
    'gemini-flash-latest',
    'gemini-flash-lite-latest',
    'gemini-2.0-pro-exp*',
    'imagen*',
    'veo*',
    'text-embedding-00*',
  ],
  'mistral-ai': ['mistral-small-2501', 'mistral-small-2503', 'mistral-small-2506'],
  deepseek: ['deepseek-v3', 'deepseek-v3-0324'],
  cohere: ['embed-v3-english', 'embed-v3-multilingual'],
  microsoft: [
    'mai-ds-r1',
    'phi-3-medium-4k-instruct',
    'phi-3-mini-4k-instruct',
    'phi-3-small-128k-instruct',
    'phi-3-small-8k-instruct',
    'phi-3.5-mini-instruct',
    'phi-3.5-moe-instruct',
    'phi-3.5-vision-instruct',
    'phi-4-mini-reasoning',
    'phi-4-reasoning',
  ],
};

/** Makers that sell their models through others, so that no list says which exist: a name of theirs is taken as known. */
const UNLISTED: Readonly<Record<string, Provider>> = {
  meta: 'meta',
  qwen: 'qwen',
  'ai21-labs': 'ai21',
  core42: 'core42',
};

const matchersByPublisher = new Map<string, readonly Matcher[]>();

/** Whether a publisher has a model of this name although the price table has no row for it. */
export function isInCatalogue(publisher: string, name: string, provider: Provider): boolean {
  return UNLISTED[publisher] === provider || matchersOf(publisher).some((match) => match(name) >= 0);
}

function matchersOf(publisher: string): readonly Matcher[] {
  const known = matchersByPublisher.get(publisher);
  if (known !== undefined) return known;
  const matchers = (UNPRICED[publisher] ?? []).map(globMatcher);
  matchersByPublisher.set(publisher, matchers);
  return matchers;
}

/** The names above that are whole, for suggestions. */
export function catalogueNames(publisher: string): readonly string[] {
  return (UNPRICED[publisher] ?? []).filter((glob) => !isPattern(glob));
}
