import { isObject, type JsonValue, member, pointerTo } from '../../../model/index.ts';
import type { YamlFile } from '../../../workspace/index.ts';

/** An entry of a message list as it stands in the YAML, whether a message could be read from it or not. */
export interface WrittenMessage {
  readonly entry: JsonValue;
  readonly pointer: string;
}

type Lists = readonly (readonly WrittenMessage[])[];

const cache = new WeakMap<YamlFile, Lists>();

/** `messages:` as written, and each variant's own. */
export function writtenLists(yaml: YamlFile): Lists {
  let lists = cache.get(yaml);
  if (!lists) cache.set(yaml, (lists = readLists(yaml)));
  return lists;
}

function readLists(yaml: YamlFile): Lists {
  const lists = [entriesOf(member(yaml.value, 'messages'), '/messages')];
  const variants = member(yaml.value, 'variants');
  if (isObject(variants)) {
    for (const [name, variant] of Object.entries(variants))
      lists.push(entriesOf(member(variant, 'messages'), pointerTo(pointerTo('/variants', name), 'messages')));
  }
  return lists;
}

/** Every entry of those lists that is no history. */
export function writtenMessages(yaml: YamlFile): readonly WrittenMessage[] {
  return writtenLists(yaml).flatMap((list) => list.filter(({ entry }) => !isHistory(entry)));
}

export function isHistory(entry: JsonValue): boolean {
  return typeof member(entry, 'history') === 'string';
}

/** Its role in lower case; undefined for a history, and where it has none. */
export function roleOf(entry: JsonValue): string | undefined {
  const role = member(entry, 'role');
  return typeof role === 'string' && !isHistory(entry) ? role.toLowerCase() : undefined;
}

function entriesOf(messages: JsonValue | undefined, pointer: string): WrittenMessage[] {
  if (!Array.isArray(messages)) return [];
  return (messages as readonly JsonValue[]).map((entry, at) => ({ entry, pointer: pointerTo(pointer, at) }));
}
