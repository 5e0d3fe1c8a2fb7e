import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { energeticEmbedder, MissingEmbedderError } from '../../metrics/index.ts';
import { PromptctlError } from '../../model/index.ts';
import { ProviderError } from '../error.ts';
import type { Provider } from '../provider.ts';
import { type EmbeddingWanted, textsOf, vectorsAnswer } from './question.ts';

/** The optional packages of energetic-ai: a model for English whose weights are in its package, so that it opens no connection. */
export function energeticEmbeddings(directory: string, { level }: EmbeddingWanted): Provider {
  if (level === 'tokens')
    throw new PromptctlError('config', 'energetic gives no vectors of single tokens', {
      hint: 'tokenEmbeddings needs a server, or a module of yours',
    });
  const { resolve } = createRequire(join(directory, 'package.json'));
  const embed = energeticEmbedder((name) => {
    try {
      return import(pathToFileURL(resolve(name)).href);
    } catch {
      // Not installed with the prompts: beside promptctl itself, then.
      return import(name);
    }
  });
  return {
    kind: 'energetic',
    baseUrl: '',
    async complete(request) {
      const texts = textsOf(request);
      try {
        return vectorsAnswer(await embed(texts), { level, texts: texts.length });
      } catch (error) {
        if (error instanceof MissingEmbedderError) throw new ProviderError('unreachable', error.message);
        throw error;
      }
    },
    close: () => Promise.resolve(),
  };
}
