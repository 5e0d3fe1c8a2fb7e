import { isObject, type JsonObject, type JsonValue, member, pointerTo } from '../model/index.ts';
import type { Note } from './draft.ts';
import { objectOf, propertiesOf } from './kinds.ts';
import type { FrontMatter } from './source-text.ts';

/** Functions as tools; others are noted. */
export function promptyTools(
  values: JsonObject,
  offsetOf: FrontMatter['offsetOf'],
  notes: Note[],
): readonly JsonObject[] {
  const top = member(values, 'tools');
  const old = member(member(member(values, 'model'), 'parameters'), 'tools');
  const [tools, pointer] = top === undefined ? [old, '/model/parameters/tools'] : [top, '/tools'];
  if (!Array.isArray(tools)) return [];
  return (tools as readonly JsonValue[]).flatMap((tool, at): JsonObject[] => {
    const here = pointerTo(pointer, at);
    // OpenAI's own form, which version 1 hands through.
    const wrapped = member(tool, 'function');
    const source = isObject(wrapped) ? wrapped : tool;
    const name = member(source, 'name') ?? member(tool, 'id');
    const kind = member(tool, 'kind') ?? member(tool, 'type') ?? 'function';
    if (typeof name !== 'string' || kind !== 'function') {
      notes.push({
        kind: 'lost',
        message: `The tool \`${String(name)}\` is of the kind ${String(kind)}; only functions are carried over`,
        offset: offsetOf(here),
      });
      return [];
    }
    for (const key of ['bindings', 'strict'])
      if (member(source, key) !== undefined)
        notes.push({
          kind: 'lost',
          message: `\`${key}\` of the tool \`${name}\` has no counterpart`,
          offset: offsetOf(pointerTo(here, key)),
        });
    const description = member(source, 'description');
    const parameters = member(source, 'parameters');
    const isSchema = isObject(parameters) && member(parameters, 'type') === 'object';
    const schema = isSchema ? parameters : objectOf(propertiesOf(parameters));
    return [
      {
        name,
        ...(typeof description === 'string' ? { description } : {}),
        ...(parameters === undefined ? {} : { parameters: schema }),
      },
    ];
  });
}
