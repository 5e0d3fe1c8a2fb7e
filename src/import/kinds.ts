import { isObject, type JsonObject, type JsonValue, member } from '../model/index.ts';

/** The names of types in Prompty, old and new. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  str: 'string',
  int: 'integer',
  integer: 'integer',
  float: 'number',
  number: 'number',
  bool: 'boolean',
  boolean: 'boolean',
  array: 'array',
  list: 'array',
  object: 'object',
  dict: 'object',
  image: 'string',
  audio: 'string',
  file: 'string',
};

export interface Property {
  readonly name: string;
  readonly kind: string | undefined;
  readonly value: JsonObject;
  /** Steps of the pointer from the list or mapping to it. */
  readonly step: string | number;
}

/** Properties as Prompty writes them: a list of `{ name, kind }`, or a mapping by name, whose members may be plain defaults. */
export function propertiesOf(value: JsonValue | undefined): readonly Property[] {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).flatMap((one, step): Property[] => {
      const name = member(one, 'name');
      return typeof name === 'string' && isObject(one) ? [{ name, kind: kindOf(one), value: one, step }] : [];
    });
  }
  if (!isObject(value)) return [];
  const listed = member(value, 'properties');
  if (Array.isArray(listed) || isObject(listed)) return propertiesOf(listed);
  return Object.entries(value).map(([name, one]): Property => {
    const property = isObject(one) ? one : { default: one };
    return { name, kind: kindOf(property), value: property, step: name };
  });
}

function kindOf(property: JsonObject): string | undefined {
  const kind = member(property, 'kind') ?? member(property, 'type');
  return typeof kind === 'string' ? kind.toLowerCase() : undefined;
}

/** The JSON Schema of a property. */
export function schemaOf({ kind, value }: Pick<Property, 'kind' | 'value'>): JsonObject {
  const type = kind !== undefined && Object.hasOwn(TYPES, kind) ? TYPES[kind] : undefined;
  const description = member(value, 'description');
  const choices = member(value, 'enumValues') ?? member(value, 'enum');
  const items = member(value, 'items');
  const inner = propertiesOf(member(value, 'properties'));
  return {
    ...(type === undefined ? {} : { type }),
    ...(Array.isArray(choices) ? { enum: choices as readonly JsonValue[] } : {}),
    ...(typeof description === 'string' && description !== '' ? { description } : {}),
    ...(type === 'array' && isObject(items) ? { items: schemaOf({ kind: kindOf(items), value: items }) } : {}),
    ...(type === 'object' && inner.length > 0 ? objectOf(inner) : {}),
  };
}

/** The schema of an object with these properties; those that say `required: true` are. */
export function objectOf(properties: readonly Property[]): JsonObject {
  const required = properties.filter(({ value }) => member(value, 'required') === true).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map((property) => [property.name, schemaOf(property)])),
    ...(required.length > 0 ? { required } : {}),
  };
}
