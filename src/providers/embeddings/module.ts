import { PromptctlError } from '../../model/index.ts';
import { ProviderError } from '../error.ts';
import { importFile } from '../module.ts';
import type { Provider } from '../provider.ts';
import { listOf } from '../shape.ts';
import { type EmbeddingWanted, textsOf, vectorsAnswer } from './question.ts';

/** A user's own file, which exports `embed(texts)` or `embedTokens(texts)`. */
export function moduleEmbeddings(path: string | undefined, directory: string, { level }: EmbeddingWanted): Provider {
  if (path === undefined)
    throw new PromptctlError('config', 'A module provider names no file', { hint: 'module: ./vectors.mjs' });
  const name = level === 'tokens' ? 'embedTokens' : 'embed';
  return {
    kind: 'module',
    baseUrl: path,
    async complete(request) {
      const embed = (await importFile(path, directory))[name];
      if (typeof embed !== 'function')
        throw new ProviderError('unreachable', `${path} exports no function \`${name}\``);
      const texts = textsOf(request);
      let vectors: unknown;
      try {
        vectors = await embed(texts);
      } catch (error) {
        throw new ProviderError('rejected', `${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
      return vectorsAnswer(listOf(vectors), { level, texts: texts.length });
    },
    close: () => Promise.resolve(),
  };
}
