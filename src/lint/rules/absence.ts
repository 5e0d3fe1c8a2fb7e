import { member } from '../../model/index.ts';
import type { YamlFile } from '../../workspace/index.ts';
import type { Place } from '../rule.ts';

/** Where something absent at the top of a file is told: at its key where that stands empty, else at the file's first key. */
export function absence(yaml: YamlFile, key: string): Place {
  const pointer = `/${key}`;
  if (yaml.keyNode(pointer)) return { pointer, part: 'key' };
  const { start, end } = yaml.firstKey();
  return { pointer: '', offsets: [start.offset, end.offset] };
}

/** Whether a list at the top of a file is absent or empty; of another type it is a wrong type, and not absent. */
export function lacksList(yaml: YamlFile, key: string): boolean {
  const written = member(yaml.value, key);
  return written === undefined || written === null || (Array.isArray(written) && written.length === 0);
}
