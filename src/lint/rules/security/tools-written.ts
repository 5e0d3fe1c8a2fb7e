import { isObject, type JsonObject, type JsonValue, member } from '../../../model/index.ts';
import type { RuleContext } from '../../rule.ts';

/** A tool as it stands in the YAML. */
export interface WrittenTool {
  readonly name: string;
  readonly entry: JsonObject;
  readonly pointer: string;
}

export function writtenTools({ yaml }: Pick<RuleContext, 'yaml'>): readonly WrittenTool[] {
  const tools = member(yaml.value, 'tools');
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((entry: JsonValue, at): WrittenTool[] => {
    const name = member(entry, 'name');
    return isObject(entry) && typeof name === 'string' ? [{ name, entry, pointer: `/tools/${at}` }] : [];
  });
}

/** Whether a tool changes something, sends something out, or runs something. */
export function actsOnItsOwn({ entry }: WrittenTool): boolean {
  const effect = member(entry, 'effect');
  return effect === 'write' || effect === 'egress' || effect === 'exec';
}

/** Whether a person sees a call before it happens. */
export function isApproved({ entry }: WrittenTool): boolean {
  const approval = member(entry, 'approval');
  return approval === 'confirm' || approval === 'deny';
}
