import type { Encoding } from '../bpe/index.ts';
import type { EstimateFamily } from '../estimate/index.ts';
import type { Provider } from './model-info.ts';

/** Models with one maker and one tokenizer, told by their name. */
export interface Family {
  readonly pattern: RegExp;
  readonly provider: Provider;
  readonly encoding?: Encoding;
  readonly estimate?: EstimateFamily;
}

/**
 * The first pattern that matches decides. Encodings: openai/tiktoken, tiktoken/model.py (GPT-6 is not in it, so its tokens are
 * an estimate). Claude's second tokenizer begins with Opus 4.7 and Sonnet 5 (Anthropic, migration guide). Mistral's SentencePiece
 * models are those before Nemo and its larger siblings to 2411 (mistral-common's documentation). Phi-3 has Llama 2's vocabulary.
 */
const FAMILIES: readonly Family[] = [
  { pattern: /^gpt-oss/, provider: 'openai', encoding: 'o200k_harmony' },
  {
    pattern:
      /^(?:chatgpt-4o|gpt-4o|gpt-4\.1|gpt-4\.5|gpt-5|gpt-audio|gpt-realtime|codex-mini|computer-use|o[134])(?![a-z\d])/,
    provider: 'openai',
    encoding: 'o200k_base',
  },
  { pattern: /^(?:gpt-4|gpt-3\.5|gpt-35)(?![\d.])/, provider: 'openai', encoding: 'cl100k_base' },
  { pattern: /^(?:text-embedding-(?:3|ada-002)|davinci-002|babbage-002)/, provider: 'openai', encoding: 'cl100k_base' },
  { pattern: /^(?:text-davinci-00[23]|code-(?:davinci|cushman))/, provider: 'openai', encoding: 'p50k_base' },
  { pattern: /^(?:text-)?(?:davinci|curie|babbage|ada)(?:-001)?$/, provider: 'openai', encoding: 'r50k_base' },
  { pattern: /^(?:gpt-|dall-e|whisper|tts-|sora|o\d)/, provider: 'openai', estimate: 'generic' },
  {
    pattern: /^claude-(?:opus-(?:4[-.][789]|[5-9])|sonnet-[5-9]|haiku-[5-9]|fable|mythos|[5-9])/,
    provider: 'anthropic',
    estimate: 'claude-2026',
  },
  { pattern: /^claude/, provider: 'anthropic', estimate: 'claude' },
  { pattern: /^(?:gemini|gemma|learnlm)/, provider: 'google', estimate: 'gemini' },
  { pattern: /^(?:imagen|veo|text-embedding-00)/, provider: 'google', estimate: 'generic' },
  { pattern: /^deepseek-r1-distill-llama/, provider: 'deepseek', estimate: 'llama-3' },
  { pattern: /^deepseek-r1-distill-qwen/, provider: 'deepseek', estimate: 'qwen' },
  { pattern: /^(?:deepseek|r1-v1)/, provider: 'deepseek', estimate: 'deepseek' },
  { pattern: /^mai-ds-r1/, provider: 'microsoft', estimate: 'deepseek' },
  { pattern: /^(?:meta-)?(?:code-?llama|llama-?2)/, provider: 'meta', estimate: 'llama-2' },
  { pattern: /^(?:meta-)?llama-?(?:3|guard-[34])/, provider: 'meta', estimate: 'llama-3' },
  { pattern: /^(?:meta-)?llama/, provider: 'meta', estimate: 'generic' },
  { pattern: /^phi-3/, provider: 'microsoft', estimate: 'llama-2' },
  { pattern: /^wizardlm-2/, provider: 'microsoft', estimate: 'mistral' },
  { pattern: /^phi-/, provider: 'microsoft', estimate: 'generic' },
  {
    pattern:
      /^(?:open-)?(?:mistral-(?:7b|tiny|large-24|small-24\d\d|medium-23)|mixtral|mathstral|codestral-(?:22b|2405|mamba))/,
    provider: 'mistral',
    estimate: 'mistral',
  },
  {
    pattern: /^(?:open-)?(?:mistral|ministral|magistral|codestral|(?:labs-)?devstral|pixtral|voxtral)/,
    provider: 'mistral',
    estimate: 'mistral-tekken',
  },
  { pattern: /^(?:qwen|qwq|qvq)/, provider: 'qwen', estimate: 'qwen' },
  { pattern: /^grok/, provider: 'xai', estimate: 'generic' },
  { pattern: /^(?:command|c4ai|aya|embed-|cohere-)/, provider: 'cohere', estimate: 'generic' },
  { pattern: /^(?:ai21-)?(?:jamba|j2-)/, provider: 'ai21', estimate: 'generic' },
  { pattern: /^jais/, provider: 'core42', estimate: 'generic' },
  { pattern: /^(?:nova|titan)/, provider: 'amazon', estimate: 'generic' },
  { pattern: /^(?:kimi|moonshot)/, provider: 'moonshot', estimate: 'generic' },
  { pattern: /^(?:minimax|m2-her)/, provider: 'minimax', estimate: 'generic' },
  { pattern: /^glm/, provider: 'zai', estimate: 'generic' },
];

const UNKNOWN: Family = { pattern: /^/, provider: 'other', estimate: 'generic' };

/** Hosts put the maker before the name: `meta-llama/...` at Groq, `us.anthropic....` at Bedrock; fine-tunes begin with `ft:`. */
const HOST_PREFIX = /^(?:.*\/)?(?:(?:us|eu|apac|jp|au|ca|in|global|regional)\.)?(?:[a-z\d]+\.(?=[a-z]))?(?:ft:)?/;

/**
 * The name the maker gives a model that a host names otherwise.
 *
 * @example makersName('us.anthropic.claude-sonnet-4-6') // 'claude-sonnet-4-6'
 */
export function makersName(name: string): string {
  return name.replace(HOST_PREFIX, '');
}

/** The family a model's name (lower case, without its publisher) belongs to; `provider: 'other'` when none does. */
export function familyOf(name: string): Family {
  const bare = makersName(name);
  return FAMILIES.find(({ pattern }) => pattern.test(bare)) ?? UNKNOWN;
}
