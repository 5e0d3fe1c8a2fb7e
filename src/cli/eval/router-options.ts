import { processClock, type RouterOptions } from '../../eval/index.ts';
import { readOverrides } from '../../tokens/prompt/index.ts';
import type { Context } from '../command.ts';
import type { Opened } from '../workspace.ts';
import { type Choices, numberOf, wholeOf } from './choices.ts';
import type { Interrupts } from './interrupts.ts';
import { pricingOf } from './pricing.ts';
import { embeddingsIn, numberIn, textIn } from './settings.ts';

export const TIMEOUT_MS = 60_000;
export const RETRIES = 3;

/** Who is asked, and how: of the command line, then of promptctl.yaml. */
export function routerOptions(
  context: Context,
  opened: Opened,
  choices: Choices,
  interrupts: Interrupts,
): RouterOptions {
  const { options } = context;
  const { config, folder, workspace } = opened;
  const provider = choices.provider ?? textIn(config.eval, 'provider');
  return {
    providers: config.providers as unknown as RouterOptions['providers'],
    defaultProvider: provider,
    embeddings: embeddingsIn(config.eval),
    pricing: pricingOf(readOverrides(workspace)),
    environment: process.env,
    directory: folder,
    allowExec: options.flag('allowExec'),
    ask: {
      concurrency: options.has('concurrency')
        ? wholeOf(context, 'concurrency', 1)
        : numberIn(config.eval, 'concurrency'),
      retries: options.has('retries') ? wholeOf(context, 'retries', 0) : RETRIES,
      timeoutMs: options.has('timeout') ? numberOf(context, 'timeout', 1, 86_400_000) : TIMEOUT_MS,
      clock: processClock,
      random: Math.random,
      stop: interrupts.stop,
      abort: interrupts.abort,
    },
  };
}
