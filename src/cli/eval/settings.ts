import type { Gates, RouterOptions } from '../../eval/index.ts';
import { isObject, type JsonObject } from '../../model/index.ts';

const GATES = ['passRate', 'errorRate', 'p95Ms', 'costUsd'] as const;

/** The absolute gates of promptctl.yaml. */
export function gatesIn(settings: JsonObject): Gates {
  const gates = isObject(settings.gates) ? settings.gates : {};
  const means = isObject(gates.means) ? { means: gates.means as Readonly<Record<string, number>> } : {};
  return {
    ...means,
    ...Object.fromEntries(GATES.flatMap((name) => (typeof gates[name] === 'number' ? [[name, gates[name]]] : []))),
  };
}

/** The backends for vectors that promptctl.yaml names. Its schema has seen to their shape. */
export function embeddingsIn({ embeddings, tokenEmbeddings }: JsonObject): NonNullable<RouterOptions['embeddings']> {
  type Backend = NonNullable<RouterOptions['embeddings']>['texts'] & object;
  return {
    ...(isObject(embeddings) ? { texts: embeddings as unknown as Backend } : {}),
    ...(isObject(tokenEmbeddings) ? { tokens: tokenEmbeddings as unknown as Backend } : {}),
  };
}

export function numberIn(settings: JsonObject, name: string): number | undefined {
  const value = settings[name];
  return typeof value === 'number' ? value : undefined;
}

export function textIn(settings: JsonObject, name: string): string | undefined {
  const value = settings[name];
  return typeof value === 'string' ? value : undefined;
}
