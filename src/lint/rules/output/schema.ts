import { isObject, type JsonObject, type JsonValue, member, type Prompt } from '../../../model/index.ts';
import type { Place, PromptContext } from '../../rule.ts';

/** The schema of the answer, and where a place in it stands in the prompt file. */
export interface AnswerSchema {
  readonly root: JsonObject;
  /** In a schema written as JSON text or kept in a file, every place is the `jsonSchema` itself. */
  place(pointer: string, part?: 'key' | 'value'): Place;
}

const schemas = new WeakMap<Prompt, { readonly schema: AnswerSchema | undefined }>();

/** The schema as it was read; undefined where there is none, or none that can be read. */
export function answerSchema({ prompt, yaml }: PromptContext): AnswerSchema | undefined {
  let known = schemas.get(prompt);
  if (!known) schemas.set(prompt, (known = { schema: readSchema(prompt, member(yaml.value, 'jsonSchema')) }));
  return known.schema;
}

function readSchema({ responseFormat }: Prompt, written: JsonValue | undefined): AnswerSchema | undefined {
  if (responseFormat?.schema === undefined) return undefined;
  const root = JSON.parse(responseFormat.schema) as JsonValue;
  if (!isObject(root)) return undefined;
  const isInline =
    isObject(written) && !(typeof member(written, '$ref') === 'string' && Object.keys(written).length === 1);
  if (!isInline) return { root, place: () => ({ pointer: '/jsonSchema' }) };
  const base = isObject(member(written, 'schema')) ? '/jsonSchema/schema' : '/jsonSchema';
  return { root, place: (pointer, part = 'key') => ({ pointer: `${base}${pointer}`, part }) };
}

const IN_ONE = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];
const IN_LIST = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const IN_MAP = ['properties', '$defs', 'definitions', 'patternProperties'];

/** Every schema inside of a schema, itself first, with its pointer. */
export function* subschemas(
  schema: JsonValue | undefined,
  pointer = '',
  depth = 0,
): Iterable<readonly [schema: JsonObject, pointer: string]> {
  if (!isObject(schema) || depth > 64) return;
  yield [schema, pointer];
  for (const keyword of IN_ONE) yield* subschemas(member(schema, keyword), `${pointer}/${keyword}`, depth + 1);
  for (const keyword of IN_LIST) {
    const list = member(schema, keyword);
    if (Array.isArray(list))
      for (const [at, entry] of (list as readonly JsonValue[]).entries())
        yield* subschemas(entry, `${pointer}/${keyword}/${at}`, depth + 1);
  }
  for (const keyword of IN_MAP) {
    const map = member(schema, keyword);
    if (!isObject(map)) continue;
    for (const [name, entry] of Object.entries(map))
      yield* subschemas(entry, `${pointer}/${keyword}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
  }
}

/** Whether a schema is of an object: by its type, or by its properties where the type is left out. */
export function isObjectSchema(schema: JsonObject): boolean {
  const type = member(schema, 'type');
  if (type === undefined) return isObject(member(schema, 'properties'));
  return type === 'object' || (Array.isArray(type) && (type as readonly JsonValue[]).includes('object'));
}
