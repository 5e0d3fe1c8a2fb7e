import { type JsonObject, type JsonValue, member } from '../model/index.ts';
import type { Draft, Note } from './draft.ts';
import type { FrontMatter } from './source-text.ts';

const VERSION = /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/;

/** Name, description and version; a version of another form than three numbers is noted. */
export function namesFrom(
  values: JsonObject,
  offsetOf: FrontMatter['offsetOf'],
): Pick<Draft, 'name' | 'description' | 'version' | 'notes'> {
  const version = textOf(member(values, 'version'));
  const isVersion = version !== undefined && VERSION.test(version);
  const message = `The version \`${version}\` is left out: promptctl's have three numbers, as 1.0.0`;
  const notes: Note[] =
    version === undefined || isVersion ? [] : [{ kind: 'lost', message, offset: offsetOf('/version') }];
  return {
    name: textOf(member(values, 'name')),
    description: textOf(member(values, 'description')),
    version: isVersion ? version : undefined,
    notes,
  };
}

export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
