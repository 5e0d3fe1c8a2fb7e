import type { Provider } from '../models/index.ts';

/** Tokens a chat format adds to the text of its messages. */
export interface ChatOverhead {
  readonly perMessage: number;
  /** Added once a message has a name, besides the name's own tokens. */
  readonly perName: number;
  /** Added once: what opens the conversation and what primes the reply. */
  readonly once: number;
  /** Whether the role's name is among the tokens; where it is not, a special token stands for it. */
  readonly countsRole: boolean;
}

/** OpenAI cookbook, "How to count tokens with Tiktoken": 3 a message, 1 a name, 3 for the reply. */
const OPENAI: ChatOverhead = { perMessage: 3, perName: 1, once: 3, countsRole: true };

/**
 * Chat formats. Llama, Qwen, Mistral and DeepSeek: the special tokens of their published chat templates. Claude and Grok: measured
 * at the API by ai-tokenizer 1.0.6. Gemini's countTokens counts the text alone.
 */
const OVERHEADS: Partial<Record<Provider, ChatOverhead>> = {
  openai: OPENAI,
  anthropic: { perMessage: 2, perName: 0, once: 6, countsRole: true },
  google: { perMessage: 0, perName: 0, once: 0, countsRole: false },
  meta: { perMessage: 4, perName: 0, once: 5, countsRole: true },
  qwen: { perMessage: 4, perName: 0, once: 3, countsRole: true },
  mistral: { perMessage: 2, perName: 0, once: 1, countsRole: false },
  deepseek: { perMessage: 1, perName: 0, once: 2, countsRole: false },
  xai: { perMessage: 3, perName: 1, once: 5, countsRole: true },
};

/** The chat format of a provider; OpenAI's where its own is not known. */
export function chatOverhead(provider: Provider): ChatOverhead {
  return OVERHEADS[provider] ?? OPENAI;
}
