import { PromptctlError } from '../model/index.ts';
import { nearest } from '../runtime/index.ts';
import { anthropic } from './anthropic.ts';
import { echo } from './echo.ts';
import { ProviderError } from './error.ts';
import { exec } from './exec.ts';
import { gemini } from './gemini.ts';
import { moduleProvider } from './module.ts';
import { openai } from './openai.ts';
import { openaiCompatible } from './openai-compatible.ts';
import type { Provider, ProviderConfig } from './provider.ts';
import { replay } from './replay.ts';

export interface ProviderOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** What relative paths and programs start from. */
  readonly directory: string;
  /** False refuses `exec` and `module`: a pull request from a fork must not run code. */
  readonly allowExec: boolean;
  /** Most connections to one endpoint; as many as there are requests at once where absent. */
  readonly connections?: number | undefined;
}

interface ProviderKind {
  readonly kind: string;
  /** The variable the key is read from where `apiKeyEnv` names no other. */
  readonly apiKeyEnv?: string;
  readonly runsCode?: true;
  create(config: ProviderConfig, key: string | undefined, options: ProviderOptions): Provider;
}

const KINDS: readonly ProviderKind[] = [
  { kind: 'openai', apiKeyEnv: 'OPENAI_API_KEY', create: openai },
  { kind: 'openai-compatible', create: openaiCompatible },
  { kind: 'anthropic', apiKeyEnv: 'ANTHROPIC_API_KEY', create: anthropic },
  { kind: 'gemini', apiKeyEnv: 'GEMINI_API_KEY', create: gemini },
  { kind: 'echo', create: echo },
  { kind: 'replay', create: () => replay(() => undefined) },
  {
    kind: 'exec',
    runsCode: true,
    create: (config, _key, options) => exec(config, options.environment, options.directory),
  },
  { kind: 'module', runsCode: true, create: (config, _key, options) => moduleProvider(config, options.directory) },
];

export const PROVIDER_KINDS: readonly string[] = KINDS.map(({ kind }) => kind);

/** A provider as configured. @throws PromptctlError for an unknown kind, a missing setting, or code that may not run. */
export function createProvider(config: ProviderConfig, options: ProviderOptions): Provider {
  const kind = KINDS.find((known) => known.kind === config.kind);
  if (!kind) {
    const near = nearest(config.kind, PROVIDER_KINDS);
    throw new PromptctlError(
      'config',
      `Unknown provider kind \`${config.kind}\`${near ? `; did you mean \`${near}\`?` : ''}`,
      { hint: `One of ${PROVIDER_KINDS.join(', ')}` },
    );
  }
  if (kind.runsCode && !options.allowExec) {
    throw new PromptctlError('config', `A provider of kind ${kind.kind} runs code, which is off`, {
      hint: 'Pass --allow-exec where you trust the files',
    });
  }
  const key = keyFor(config, kind, options.environment);
  const provider = kind.create({ ...config, connections: options.connections }, key, options);
  // Its own server refuses every request without a key: say so once rather than ask.
  return key === undefined && kind.apiKeyEnv !== undefined && config.baseUrl === undefined
    ? {
        ...provider,
        complete: () =>
          Promise.reject(new ProviderError('unreachable', `${config.apiKeyEnv ?? kind.apiKeyEnv} is not set`)),
      }
    : provider;
}

function keyFor(config: ProviderConfig, kind: ProviderKind, environment: NodeJS.ProcessEnv): string | undefined {
  const name = config.apiKeyEnv ?? kind.apiKeyEnv;
  const key = name === undefined ? undefined : environment[name]?.trim();
  return key === '' ? undefined : key;
}
