import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PromptctlError } from '../model/index.ts';
import { readCustom } from './custom.ts';
import { ProviderError } from './error.ts';
import type { Provider, ProviderConfig } from './provider.ts';

/** Asks a user's own file, which exports `complete(request, { signal })`. */
export function moduleProvider(config: ProviderConfig, directory: string): Provider {
  const { module: path } = config;
  if (path === undefined)
    throw new PromptctlError('config', 'A module provider names no file', { hint: 'module: ./answer.mjs' });
  let loaded: Promise<Record<string, unknown>> | undefined;
  return {
    kind: 'module',
    baseUrl: path,
    async complete(request, options) {
      const complete = (await (loaded ??= importFile(path, directory))).complete;
      if (typeof complete !== 'function')
        throw new ProviderError('unreachable', `${path} exports no function \`complete\``);
      let answer: unknown;
      try {
        answer = await within(options.timeoutMs, Promise.resolve(complete(request, { signal: options.signal })));
      } catch (error) {
        if (error instanceof ProviderError) throw error;
        throw new ProviderError('rejected', `${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
      return readCustom(answer, path);
    },
    close: () => Promise.resolve(),
  };
}

export async function importFile(path: string, directory: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(resolve(directory, path)).href)) as Record<string, unknown>;
  } catch (error) {
    throw new PromptctlError(
      'config',
      `${path} could not be loaded: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ProviderError('timeout', `No answer in ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
