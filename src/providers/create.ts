import { PromptctlError } from '../model/index.ts';
import { nearest } from '../runtime/index.ts';
import { anthropic } from './anthropic.ts';
import { echo } from './echo.ts';
import { energeticEmbeddings, type EmbeddingWanted, moduleEmbeddings } from './embeddings/index.ts';
import { ProviderError } from './error.ts';
import { exec } from './exec.ts';
import { gemini } from './gemini.ts';
import { moduleProvider } from './module.ts';
import { openai, openaiEmbeddings } from './openai.ts';
import { compatibleEmbeddings, openaiCompatible } from './openai-compatible.ts';
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
  /** The same place, asked for vectors; absent where it has none to give. */
  embeddings?(
    config: ProviderConfig,
    key: string | undefined,
    wanted: EmbeddingWanted,
    options: ProviderOptions,
  ): Provider;
}

const KINDS: readonly ProviderKind[] = [
  { kind: 'openai', apiKeyEnv: 'OPENAI_API_KEY', create: openai, embeddings: openaiEmbeddings },
  { kind: 'openai-compatible', create: openaiCompatible, embeddings: compatibleEmbeddings },
  { kind: 'anthropic', apiKeyEnv: 'ANTHROPIC_API_KEY', create: anthropic },
  { kind: 'gemini', apiKeyEnv: 'GEMINI_API_KEY', create: gemini },
  { kind: 'echo', create: echo },
  { kind: 'replay', create: () => replay(() => undefined) },
  {
    kind: 'exec',
    runsCode: true,
    create: (config, _key, options) => exec(config, options.environment, options.directory),
  },
  {
    kind: 'module',
    runsCode: true,
    create: (config, _key, options) => moduleProvider(config, options.directory),
    embeddings: (config, _key, wanted, options) => moduleEmbeddings(config.module, options.directory, wanted),
  },
];

/** The kinds that answer many requests handed in at once. */
export const BATCHING_KINDS: readonly string[] = ['openai', 'anthropic'];

export const PROVIDER_KINDS: readonly string[] = KINDS.map(({ kind }) => kind);

/** A provider as configured. @throws PromptctlError for an unknown kind, a missing setting, or code that may not run. */
export function createProvider(config: ProviderConfig, options: ProviderOptions): Provider {
  const kind = kindOf(config, options);
  const key = keyFor(config, kind, options.environment);
  return withKey(kind.create({ ...config, connections: options.connections }, key, options), config, kind, key);
}

/** The name under which energetic-ai's packages, which need no configuration, are asked for vectors. */
const ENERGETIC = 'energetic';

/** The same for vectors. @throws PromptctlError also where the kind gives no vectors, or none of single tokens. */
export function createEmbeddings(config: ProviderConfig, wanted: EmbeddingWanted, options: ProviderOptions): Provider {
  if (config.kind === ENERGETIC) return energeticEmbeddings(options.directory, wanted);
  const kind = kindOf(config, options);
  if (!kind.embeddings) {
    throw new PromptctlError('config', `A provider of kind ${kind.kind} gives no embeddings`, {
      hint: 'openai, openai-compatible and module do',
    });
  }
  const key = keyFor(config, kind, options.environment);
  const connections = options.connections;
  return withKey(kind.embeddings({ ...config, connections }, key, wanted, options), config, kind, key);
}

function kindOf(config: ProviderConfig, { allowExec }: ProviderOptions): ProviderKind {
  const kind = KINDS.find((known) => known.kind === config.kind);
  if (!kind) {
    const near = nearest(config.kind, PROVIDER_KINDS);
    throw new PromptctlError(
      'config',
      `Unknown provider kind \`${config.kind}\`${near ? `; did you mean \`${near}\`?` : ''}`,
      { hint: `One of ${PROVIDER_KINDS.join(', ')}` },
    );
  }
  if (kind.runsCode && !allowExec) {
    throw new PromptctlError('config', `A provider of kind ${kind.kind} runs code, which is off`, {
      hint: 'Pass --allow-exec where you trust the files',
    });
  }
  return kind;
}

/** Its own server refuses every request without a key: say so once rather than ask. */
function withKey(
  provider: Provider,
  { apiKeyEnv, baseUrl }: ProviderConfig,
  kind: ProviderKind,
  key: string | undefined,
): Provider {
  if (key !== undefined || kind.apiKeyEnv === undefined || baseUrl !== undefined) return provider;
  const refuse = (): Promise<never> =>
    Promise.reject(new ProviderError('unreachable', `${apiKeyEnv ?? kind.apiKeyEnv} is not set`));
  const { batching } = provider;
  return {
    ...provider,
    complete: refuse,
    ...(batching ? { batching: { ...batching, upload: refuse, submit: refuse, find: refuse, look: refuse } } : {}),
  };
}

function keyFor(config: ProviderConfig, kind: ProviderKind, environment: NodeJS.ProcessEnv): string | undefined {
  const name = config.apiKeyEnv ?? kind.apiKeyEnv;
  const key = name === undefined ? undefined : environment[name]?.trim();
  return key === '' ? undefined : key;
}
