import type { Encoding } from '../bpe/index.ts';
import type { EstimateFamily } from '../estimate/index.ts';
import type { Price } from '../prices/index.ts';

/** What a team knows better of one model: a negotiated price, a deployment's name, a smaller window. */
export interface ModelOverride {
  /** A model this one is in everything that is not said here: `like: openai/gpt-4o` for a deployment of it. */
  readonly like?: string;
  readonly price?: Price;
  readonly contextWindow?: number;
  readonly maxOutput?: number;
  readonly encoding?: Encoding;
  readonly estimate?: EstimateFamily;
}

/** The content of the file that promptctl.yaml's `models:` names. */
export interface ModelOverrides {
  /** The day these prices were read, as `2026-11-01`. */
  readonly date: string;
  /** By `publisher/name`. */
  readonly models: Readonly<Record<string, ModelOverride>>;
}

const tokens = { type: 'integer', minimum: 1 } as const;
const rate = { type: 'number', minimum: 0 } as const;

const rates = {
  input: { ...rate, description: 'Input.' },
  output: { ...rate, description: 'Output, reasoning included.' },
  cachedInput: { ...rate, description: 'Input read from the prompt cache.' },
  cacheWrite: { ...rate, description: 'Input written to the prompt cache.' },
  cacheWriteHour: { ...rate, description: 'Input written to the prompt cache for one hour.' },
} as const;

const price = {
  type: 'object',
  description: 'US dollars per million tokens.',
  required: ['input', 'output'],
  additionalProperties: false,
  properties: {
    ...rates,
    tiers: {
      type: 'array',
      description: 'Rates that hold for the whole request once its input is above a number of tokens; lowest first.',
      items: {
        type: 'object',
        required: ['above', 'input', 'output'],
        additionalProperties: false,
        properties: { above: tokens, ...rates },
      },
    },
  },
} as const;

/**
 * JSON Schema of the models file.
 *
 * @example
 * date: 2026-11-01
 * models:
 *   openai/gpt-4o:
 *     price: { input: 2, output: 8, cachedInput: 1 }
 *   azure/support-bot:
 *     like: openai/gpt-4o-mini
 *     contextWindow: 32000
 */
export const modelsFileSchema: Readonly<Record<string, unknown>> = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'promptctl models file',
  description: 'Prices and limits that replace those promptctl ships with.',
  type: 'object',
  required: ['date', 'models'],
  additionalProperties: false,
  properties: {
    date: { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$`, description: 'The day the prices were read.' },
    models: {
      type: 'object',
      description: 'By publisher/name.',
      additionalProperties: {
        type: 'object',
        minProperties: 1,
        additionalProperties: false,
        properties: {
          like: { type: 'string', description: 'A model this one is in everything that is not said here.' },
          price,
          contextWindow: { ...tokens, description: 'Tokens of input and output together.' },
          maxOutput: { ...tokens, description: 'Most tokens of one answer.' },
          encoding: { enum: ['o200k_base', 'o200k_harmony', 'cl100k_base', 'p50k_base', 'r50k_base'] },
          estimate: {
            enum: [
              'claude',
              'claude-2026',
              'gemini',
              'llama-2',
              'llama-3',
              'mistral',
              'mistral-tekken',
              'qwen',
              'deepseek',
              'generic',
            ],
          },
        },
      },
    },
  },
};
