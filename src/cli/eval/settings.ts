import type { Gates } from '../../eval/index.ts';
import { isObject, type JsonObject } from '../../model/index.ts';

const GATES = ['passRate', 'errorRate', 'p95Ms', 'costUsd'] as const;

/** The absolute gates of promptctl.yaml. */
export function gatesIn(settings: JsonObject): Gates {
  const gates = isObject(settings.gates) ? settings.gates : {};
  return Object.fromEntries(GATES.flatMap((name) => (typeof gates[name] === 'number' ? [[name, gates[name]]] : [])));
}
