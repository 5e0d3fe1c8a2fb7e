import { makersName } from './families.ts';
import { findModel } from './find-model.ts';
import type { ModelInfo } from './model-info.ts';

/** How a model's prompt cache works. Multipliers are of the input rate. */
export interface CacheFacts {
  /** `automatic`: any repeated prefix; `marked`: only up to the blocks the request marks. */
  readonly how: 'automatic' | 'marked' | 'automatic or marked';
  /** A prefix shorter than this is silently not cached. Missing where the provider does not say. */
  readonly minimumTokens?: number;
  /** Prefixes are cached in steps of so many tokens beyond the minimum; 1 where there is no step. */
  readonly stepTokens: number;
  /** Seconds an entry lives after its last use, at least. */
  readonly lifetimeSeconds: number;
  /** What writing to the cache costs. */
  readonly write: number;
  /** What writing for one hour costs, where that can be asked for. */
  readonly writeHour?: number;
  /** What reading from the cache costs. */
  readonly read: number;
  /** Prefixes a request can mark; 0 where marking is not possible. */
  readonly breakpoints: number;
  readonly source: string;
  /** The day the facts were read. */
  readonly date: string;
}

type Entry = readonly [pattern: RegExp, facts: Omit<CacheFacts, 'source' | 'date'>];

const READ = '2026-11-01';
const MINUTES = 60;

const OPENAI = {
  how: 'automatic',
  minimumTokens: 1024,
  stepTokens: 128,
  lifetimeSeconds: 5 * MINUTES,
  write: 1,
  breakpoints: 0,
} as const;
const CLAUDE = {
  how: 'automatic or marked',
  stepTokens: 1,
  lifetimeSeconds: 5 * MINUTES,
  write: 1.25,
  writeHour: 2,
  read: 0.1,
  breakpoints: 4,
} as const;
const GEMINI = {
  how: 'automatic',
  stepTokens: 1,
  lifetimeSeconds: 3 * MINUTES,
  write: 1,
  read: 0.1,
  breakpoints: 0,
} as const;

/** The first pattern that matches a model's name decides. */
const FACTS: Partial<Record<ModelInfo['provider'], { readonly source: string; readonly entries: readonly Entry[] }>> = {
  openai: {
    source: 'https://platform.openai.com/docs/guides/prompt-caching',
    entries: [
      [
        /^gpt-(?:5\.[6-9]|6)/,
        {
          ...OPENAI,
          how: 'automatic or marked',
          stepTokens: 1,
          lifetimeSeconds: 30 * MINUTES,
          write: 1.25,
          read: 0.1,
          breakpoints: 4,
        },
      ],
      [/^gpt-5/, { ...OPENAI, read: 0.1 }],
      [/^(?:gpt-4\.1|o[34])/, { ...OPENAI, read: 0.25 }],
      [/^(?:gpt-4o|o1)/, { ...OPENAI, read: 0.5 }],
    ],
  },
  anthropic: {
    source: 'https://platform.claude.com/docs/en/build-with-claude/prompt-caching',
    entries: [
      [/^claude-(?:opus-5|fable-5|mythos-5)/, { ...CLAUDE, minimumTokens: 512 }],
      [/^claude-(?:opus-4[-.][56]|haiku-4[-.]5)/, { ...CLAUDE, minimumTokens: 4096 }],
      [/^claude-(?:opus-4[-.]7|3[-.]5-haiku)/, { ...CLAUDE, minimumTokens: 2048 }],
      [/^claude-(?:sonnet-[45]|opus-4)/, { ...CLAUDE, minimumTokens: 1024 }],
      [/^claude-/, CLAUDE],
    ],
  },
  google: {
    source: 'https://ai.google.dev/gemini-api/docs/caching',
    entries: [
      [/^gemini-3/, { ...GEMINI, minimumTokens: 4096 }],
      [/^gemini-2\.5/, { ...GEMINI, minimumTokens: 2048 }],
    ],
  },
  deepseek: {
    source: 'https://api-docs.deepseek.com/guides/kv_cache',
    entries: [
      [
        /^deepseek/,
        { how: 'automatic', stepTokens: 1, lifetimeSeconds: 60 * MINUTES, write: 1, read: 0.1, breakpoints: 0 },
      ],
    ],
  },
  mistral: {
    source: 'https://docs.mistral.ai/capabilities/prompt_caching',
    entries: [
      [/^/, { how: 'automatic', stepTokens: 1, lifetimeSeconds: 5 * MINUTES, write: 1, read: 0.1, breakpoints: 0 }],
    ],
  },
};

/**
 * How a model's prompt cache works, or undefined where it has none that is known. Where the price table has a model's own cache
 * prices, the multipliers are theirs.
 *
 * @example cacheFacts('openai/gpt-4o')?.minimumTokens // 1024
 */
export function cacheFacts(model: string | ModelInfo): CacheFacts | undefined {
  const info = typeof model === 'string' ? findModel(model) : model;
  const known = info === undefined ? undefined : FACTS[info.provider];
  const facts = known?.entries.find(([pattern]) => pattern.test(makersName(info!.name)))?.[1];
  if (info === undefined || known === undefined || facts === undefined) return undefined;
  return { ...facts, ...multipliers(info), source: known.source, date: READ };
}

function multipliers({ price }: ModelInfo): Partial<Pick<CacheFacts, 'read' | 'write' | 'writeHour'>> {
  if (price === undefined || price.input === 0) return {};
  const { input, cachedInput, cacheWrite, cacheWriteHour } = price;
  return {
    ...(cachedInput === undefined ? {} : { read: cachedInput / input }),
    ...(cacheWrite === undefined ? {} : { write: cacheWrite / input }),
    ...(cacheWriteHour === undefined ? {} : { writeHour: cacheWriteHour / input }),
  };
}
