/** Publishers in GitHub Models' spelling, with the other names people and tools give them. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  openai: [],
  anthropic: [],
  google: ['googleai', 'google-ai', 'gemini', 'vertexai', 'vertex-ai', 'vertex_ai', 'vertex', 'google-vertex'],
  'mistral-ai': ['mistral', 'mistralai'],
  meta: ['meta-llama', 'metaai'],
  microsoft: ['azure', 'azureml', 'azure-openai', 'azure_openai', 'azure_ai'],
  deepseek: ['deepseek-ai'],
  xai: ['x-ai'],
  cohere: ['cohereforai', 'coherelabs'],
  'ai21-labs': ['ai21'],
  core42: [],
  amazon: ['aws', 'bedrock', 'aws-bedrock', 'amazon-bedrock'],
  groq: [],
  qwen: ['alibaba', 'alibaba-cloud'],
  moonshotai: ['moonshot'],
  minimax: ['minimaxai'],
  zai: ['z-ai', 'zai-org', 'zhipuai'],
};

/** Hosts that pass `publisher/name` on: the model is what follows them. */
const GATEWAYS: ReadonlySet<string> = new Set(['github', 'github-models', 'github_models', 'openrouter', 'litellm']);

const publisherByName: ReadonlyMap<string, string> = new Map(
  Object.entries(ALIASES).flatMap(([publisher, aliases]) =>
    [publisher, ...aliases].map((name) => [name, publisher] as const),
  ),
);

/** Every publisher name that is understood, aliases included. */
export function publishers(): string[] {
  return [...publisherByName.keys()];
}

/** The publisher a name stands for (`mistral` is `mistral-ai`), or undefined. */
export function canonicalPublisher(name: string): string | undefined {
  return publisherByName.get(name.toLowerCase());
}

/** Publishers under their own names, the ones searched first for a model named without one in front. */
export const CANONICAL_PUBLISHERS: readonly string[] = Object.keys(ALIASES);

/** A model id in its parts, lower case. `publisher` is missing where the id has none that is known. */
export interface ModelId {
  readonly publisher?: string;
  readonly name: string;
}

/**
 * Splits `mistral/mistral-nemo` into its publisher, `mistral-ai`, and name.
 *
 * @example parseModelId('github/openai/gpt-4o') // { publisher: 'openai', name: 'gpt-4o' }
 */
export function parseModelId(id: string): ModelId {
  const text = id.trim().toLowerCase();
  const slash = text.indexOf('/');
  if (slash === -1) return { name: text };
  const first = text.slice(0, slash);
  const rest = text.slice(slash + 1);
  if (GATEWAYS.has(first)) return parseModelId(rest);
  const publisher = canonicalPublisher(first);
  return publisher === undefined ? { name: text } : { publisher, name: rest };
}
