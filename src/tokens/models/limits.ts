/** Tokens a model takes (input and output together) and gives at most. */
interface Limits {
  readonly pattern: RegExp;
  readonly window?: number;
  readonly output?: number;
}

/**
 * Limits the price table lacks or rounds, from the makers' model pages: platform.openai.com/docs/models,
 * platform.claude.com/docs/en/about-claude/models, ai.google.dev/gemini-api/docs/models, read November 2026.
 * The first pattern that matches decides.
 */
const LIMITS: readonly Limits[] = [
  { pattern: /^gpt-4\.1/, window: 1_047_576, output: 32_768 },
  { pattern: /^gpt-4o/, window: 128_000, output: 16_384 },
  { pattern: /^gpt-5(?:\.\d)?-chat/, window: 128_000, output: 16_384 },
  { pattern: /^gpt-5/, output: 128_000 },
  { pattern: /^o1-preview/, window: 128_000, output: 32_768 },
  { pattern: /^o1-mini/, window: 128_000, output: 65_536 },
  { pattern: /^o[134]/, window: 200_000, output: 100_000 },
  { pattern: /^gpt-4-32k/, window: 32_768 },
  { pattern: /^gpt-4-(?:turbo|vision|1106|0125)/, window: 128_000, output: 4_096 },
  { pattern: /^gpt-3\.5-turbo/, output: 4_096 },
  { pattern: /^gpt-oss/, window: 131_072, output: 131_072 },
  { pattern: /^claude-3-(?:opus|sonnet|haiku)/, window: 200_000, output: 4_096 },
  { pattern: /^claude-3[-.]5/, window: 200_000, output: 8_192 },
  { pattern: /^claude-3[-.]7/, window: 200_000, output: 64_000 },
  { pattern: /^claude-(?:opus-4(?:$|[-@]0|[-@]1|@|-2025)|4-opus)/, window: 200_000, output: 32_000 },
  {
    pattern: /^claude-(?:sonnet-4(?:$|[-@]0|@|-2025)|4-sonnet|sonnet-4[-.]5|opus-4[-.]5|haiku-4[-.]5)/,
    window: 200_000,
    output: 64_000,
  },
  { pattern: /^gemini-2\.0-flash/, window: 1_048_576, output: 8_192 },
  {
    pattern: /^gemini-(?:2\.5|3(?:\.\d)?)-(?:pro|flash)(?!.*(?:image|tts|live|audio))/,
    window: 1_048_576,
    output: 65_536,
  },
  { pattern: /^gemini-1\.5-pro/, window: 2_097_152, output: 8_192 },
  { pattern: /^gemini-1\.5-flash/, window: 1_048_576, output: 8_192 },
  { pattern: /^(?:meta-)?llama-?3[-.][123]/, window: 128_000 },
  { pattern: /^meta-llama-3-/, window: 8_192 },
  { pattern: /^phi-4(?:$|-reasoning)/, window: 16_384 },
];

/** The context window and the longest answer of a model by its name; empty where neither is known. */
export function limitsOf(name: string): { readonly window?: number; readonly output?: number } {
  return LIMITS.find(({ pattern }) => pattern.test(name)) ?? {};
}
