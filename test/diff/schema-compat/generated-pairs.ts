// Seeded random schemas over all keywords, their random edits, and random instances of them. The worlds of names, strings and
// numbers are small on purpose: values that are nearly accepted are the ones that find mistakes.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type SchemaObject = { [keyword: string]: Json };
export type GeneratedSchema = boolean | SchemaObject;

export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/** mulberry32: 32 bits of state, the same series for the same seed everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)]!,
  };
}

const names = ['a', 'b', 'ab', 'id'];
const texts = ['', 'a', 'b', 'ab', 'abc', '1', '😀', 'a@b.co', '2024-02-29'];
const numbers = [-2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 6];
const patterns = ['^a', 'b$', '^[a-c]+$', '^(a|b)$', '[0-9]', '^a.*b$', '^.{2,3}$'];
const namePatterns = ['^a', 'b$', '^i'];
const formats = ['email', 'date', 'uuid', 'int32', 'no-such-format'];
const types = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array'];

interface Setting {
  readonly random: Random;
  readonly draft07: boolean;
  readonly hasDefinitions: boolean;
  /** unevaluatedProperties or patternProperties: where ajv meets both it forgets that a branch with the latter failed. */
  readonly closesUnevaluated: boolean;
}

export function generateValue(random: Random, depth: number): Json {
  switch (random.below(depth > 0 ? 8 : 6)) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
    case 3:
      return random.pick(numbers);
    case 4:
    case 5:
      return random.pick(texts);
    case 6:
      return Array.from({ length: random.below(4) }, () => generateValue(random, depth - 1));
    default: {
      const members = names
        .filter(() => random.chance(0.4))
        .map((name): [string, Json] => [name, generateValue(random, depth - 1)]);
      return Object.fromEntries(members);
    }
  }
}

function generateSchema(setting: Setting, depth: number): GeneratedSchema {
  const { random } = setting;
  if (random.chance(0.04)) return random.chance(0.6);
  if (setting.hasDefinitions && random.chance(0.15)) {
    return { $ref: setting.draft07 ? '#/definitions/node' : '#/$defs/node' };
  }
  const schema: SchemaObject = {};
  const add = (probability: number, keywords: readonly string[]): void => {
    if (random.chance(probability)) addKeyword(schema, random.pick(keywords), setting, depth);
  };
  if (random.chance(0.85)) addKeyword(schema, 'type', setting, depth);
  add(0.15, ['enum', 'const']);
  const kind = typeof schema['type'] === 'string' ? schema['type'] : random.pick(types);
  for (let count = random.below(4); count > 0; count--) add(0.9, keywordsFor(kind, setting));
  if (depth > 0) add(0.3, ['anyOf', 'oneOf', 'allOf', 'not', 'if', 'anyOf', 'oneOf', 'allOf']);
  return schema;
}

function keywordsFor(type: string, { draft07, closesUnevaluated }: Setting): readonly string[] {
  switch (type) {
    case 'string':
      return ['minLength', 'maxLength', 'pattern', 'format'];
    case 'number':
    case 'integer':
      return ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'format'];
    case 'array': {
      const common = ['items', 'items', 'minItems', 'maxItems', 'uniqueItems', 'tuple'];
      // Under unevaluatedItems ajv takes all items for evaluated by `contains`, so there is no judging the two together.
      if (closesUnevaluated) return draft07 ? common : [...common, 'unevaluatedItems'];
      return draft07 ? [...common, 'contains'] : [...common, 'contains', 'minContains', 'maxContains'];
    }
    case 'object': {
      const common = ['properties', 'properties', 'properties', 'required', 'required', 'additionalProperties'];
      common.push('propertyNames', 'minProperties', 'maxProperties', 'dependencies');
      if (!draft07) common.push('dependentRequired', 'dependentSchemas');
      return [...common, closesUnevaluated ? 'unevaluatedProperties' : 'patternProperties'];
    }
    default:
      return ['nullable', 'title'];
  }
}

function addKeyword(schema: SchemaObject, keyword: string, setting: Setting, depth: number): void {
  const isTuple = Array.isArray(schema['prefixItems'] ?? schema['items']);
  // ajv skips `contains` for an empty array once `prefixItems` stands before it, so there is no judging the two together.
  if (keyword === 'tuple' ? 'contains' in schema : isTuple && /contains/i.test(keyword)) return;
  const { random, draft07 } = setting;
  const child = (): GeneratedSchema => (depth > 0 ? generateSchema(setting, depth - 1) : { type: random.pick(types) });
  const children = (least: number): GeneratedSchema[] => Array.from({ length: least + random.below(2) }, child);
  const some = (): string[] => names.filter(() => random.chance(0.35));
  switch (keyword) {
    case 'type':
      schema['type'] = random.chance(0.75)
        ? random.pick(['object', 'object', 'array', ...types])
        : [...new Set([random.pick(types), random.pick(types)])];
      if (schema['nullable'] === false) delete schema['nullable'];
      return;
    case 'enum':
      schema['enum'] = distinct(Array.from({ length: 1 + random.below(4) }, () => generateValue(random, 1)));
      return;
    case 'const':
      schema['const'] = generateValue(random, 1);
      return;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      schema[keyword] = random.pick(numbers);
      return;
    case 'multipleOf':
      schema[keyword] = random.pick([0.5, 1, 1.5, 2, 3]);
      return;
    case 'minLength':
    case 'minItems':
    case 'minProperties':
    case 'minContains':
      schema[keyword] = random.below(3);
      if (keyword === 'minContains') addContains(schema, child);
      return;
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
    case 'maxContains':
      schema[keyword] = random.below(4);
      if (keyword === 'maxContains') addContains(schema, child);
      return;
    case 'pattern':
      schema[keyword] = random.pick(patterns);
      return;
    case 'format':
      schema[keyword] = random.pick(formats);
      return;
    case 'uniqueItems':
      schema[keyword] = random.chance(0.85);
      return;
    case 'tuple':
      if (!draft07) schema['prefixItems'] = children(1);
      else {
        schema['items'] = children(1);
        if (random.chance(0.5)) schema['additionalItems'] = child();
      }
      return;
    case 'items':
    case 'contains':
    case 'not':
      schema[keyword] = child();
      return;
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'unevaluatedItems':
      schema[keyword] = random.chance(0.6) ? false : child();
      return;
    case 'propertyNames':
      schema[keyword] = random.pick<SchemaObject>([
        { pattern: random.pick(namePatterns) },
        { maxLength: 1 },
        { enum: [...names] },
        { minLength: 2 },
      ]);
      return;
    case 'properties':
    case 'dependentSchemas':
      schema[keyword] = {
        ...(schema[keyword] as SchemaObject),
        ...Object.fromEntries(some().map((name) => [name, child()])),
      };
      return;
    case 'patternProperties':
      schema[keyword] = { [random.pick(namePatterns)]: child() };
      return;
    case 'required':
      schema[keyword] = some();
      return;
    case 'dependentRequired':
      schema[keyword] = { [random.pick(names)]: some() };
      return;
    case 'dependencies':
      schema[keyword] = { [random.pick(names)]: random.chance(0.5) ? some() : child() };
      return;
    case 'anyOf':
    case 'oneOf':
    case 'allOf':
      schema[keyword] = children(2);
      return;
    case 'if':
      for (const part of ['if', 'then', ...(random.chance(0.5) ? ['else'] : [])]) schema[part] = child();
      return;
    case 'nullable':
      if (typeof schema['type'] === 'string') schema['nullable'] = schema['type'] === 'null' || random.chance(0.8);
      return;
    default:
      schema[keyword] = 'a title';
  }
}

/** Keeps minContains within maxContains, since an edit that makes them exclude each other is no use. */
function addContains(schema: SchemaObject, child: () => GeneratedSchema): void {
  schema['contains'] ??= child();
  schema['minContains'] = Math.min(Number(schema['minContains'] ?? 1), Number(schema['maxContains'] ?? 9));
}

function distinct(values: readonly Json[]): Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const noChild: ReadonlySet<string> = new Set(['enum', 'const', 'required', 'type', 'dependentRequired']);

/** The schema with one edit somewhere inside, such as a person makes. */
function edited(schema: GeneratedSchema, setting: Setting, depth: number): GeneratedSchema {
  const { random } = setting;
  if (typeof schema === 'boolean') return random.chance(0.5) ? schema : generateSchema(setting, 0);
  const copy = structuredClone(schema);
  const places: [holder: Record<string, Json> | Json[], key: string | number][] = [];
  for (const [keyword, value] of Object.entries(copy)) {
    if (noChild.has(keyword) || typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) value.forEach((_, index) => places.push([value, index]));
    else if (/^(properties|patternProperties|dependentSchemas|\$defs|definitions)$/.test(keyword)) {
      for (const name of Object.keys(value)) places.push([value, name]);
    } else if (keyword !== 'dependencies') places.push([copy, keyword]);
  }
  if (places.length > 0 && random.chance(0.6)) {
    const [holder, key] = random.pick(places);
    const at = holder as Record<string | number, Json>;
    if (Array.isArray(holder) && random.chance(0.15)) {
      if (holder.length > 1 && random.chance(0.5)) holder.splice(Number(key), 1);
      else holder.push(generateSchema(setting, 0));
    } else at[key] = edited(at[key] as GeneratedSchema, setting, depth - 1);
    return copy;
  }
  const removable = Object.keys(copy).filter(
    (keyword) => !/^(\$|definitions|then|else|contains|items|prefixItems|additionalItems|minContains)/.test(keyword),
  );
  if (removable.length > 0 && random.chance(0.4)) {
    delete copy[random.pick(removable)];
    if (copy['type'] === undefined) delete copy['nullable'];
    return copy;
  }
  if (Array.isArray(copy['enum']) && random.chance(0.5)) {
    copy['enum'] = distinct([...copy['enum'], generateValue(random, 0)]);
    return copy;
  }
  const kind = typeof copy['type'] === 'string' ? copy['type'] : random.pick(types);
  const keyword = random.chance(0.3)
    ? random.pick(['type', 'enum', 'anyOf', 'not', 'if'])
    : random.pick(keywordsFor(kind, setting));
  // ajv goes by a type beside $ref even where it is told to ignore what stands there.
  if (keyword === 'type' && setting.draft07 && copy['$ref'] !== undefined) return copy;
  addKeyword(copy, keyword, setting, 1);
  if (Array.isArray(copy['type']) || copy['type'] === 'null') delete copy['nullable'];
  return copy;
}

export interface GeneratedPair {
  readonly old: GeneratedSchema;
  readonly new: GeneratedSchema;
}

export function generatePair(random: Random): GeneratedPair {
  const draft07 = random.chance(0.3);
  const closesUnevaluated = !draft07 && random.chance(0.4);
  const setting: Setting = { random, draft07, hasDefinitions: random.chance(0.3), closesUnevaluated };
  const whole = (): GeneratedSchema => {
    const root = generateSchema(setting, 2);
    if (typeof root === 'boolean') return root;
    const schema: SchemaObject = {
      ...root,
      ...(draft07 ? { $schema: 'http://json-schema.org/draft-07/schema#' } : {}),
    };
    if (setting.hasDefinitions) schema[draft07 ? 'definitions' : '$defs'] = { node: generateNode(setting) };
    return schema;
  };
  const old = whole();
  if (random.chance(0.2)) return { old, new: whole() };
  let next = old;
  const editing = typeof old === 'boolean' ? { ...setting, draft07: false, hasDefinitions: false } : setting;
  for (let count = 1 + random.below(2); count > 0; count--) next = edited(next, editing, 2);
  return random.chance(0.5) ? { old, new: next } : { old: next, new: old };
}

/** A definition that mostly speaks of itself inside a member or an item. */
function generateNode(setting: Setting): GeneratedSchema {
  const { random } = setting;
  const self = { $ref: setting.draft07 ? '#/definitions/node' : '#/$defs/node' };
  const plain = { ...setting, hasDefinitions: false };
  if (random.chance(0.15)) return generateSchema(plain, 1);
  const value = generateSchema(plain, 0);
  return random.pick<SchemaObject>([
    { type: 'object', properties: { a: value, b: self } },
    { type: 'object', properties: { a: value, b: { type: 'array', items: self } }, required: ['a'] },
    { type: 'array', items: { anyOf: [self, value] } },
    { anyOf: [value, { type: 'object', additionalProperties: self }] },
    { type: ['object', 'null'], properties: { id: value, b: self }, required: ['b'], additionalProperties: false },
  ]);
}

const inPlace: ReadonlySet<string> = new Set(['anyOf', 'oneOf', 'allOf', 'if', 'then', 'else']);

/** A value made after the schema, right or nearly right. */
export function generateInstance(schema: GeneratedSchema, root: GeneratedSchema, random: Random, depth: number): Json {
  if (typeof schema === 'boolean' || depth < 0 || random.chance(0.05)) return generateValue(random, 1);
  const follow = (child: Json | undefined): Json =>
    generateInstance((child ?? true) as GeneratedSchema, root, random, depth - 1);
  if (typeof schema['$ref'] === 'string' && typeof root === 'object') {
    return follow(((root['$defs'] ?? root['definitions']) as SchemaObject)?.['node']);
  }
  if (schema['const'] !== undefined && random.chance(0.9)) return schema['const'];
  if (Array.isArray(schema['enum']) && random.chance(0.9)) return random.pick(schema['enum']);
  const branches = [...inPlace].flatMap((keyword) => schema[keyword] ?? []);
  if (branches.length > 0 && random.chance(0.5)) {
    const value = follow(random.pick(branches));
    const own = generateInstance(
      Object.fromEntries(Object.entries(schema).filter(([keyword]) => !inPlace.has(keyword))),
      root,
      random,
      depth - 1,
    );
    return isObject(value) && isObject(own) && random.chance(0.7) ? { ...own, ...value } : value;
  }
  const listed = schema['type'] === undefined ? [impliedType(schema) ?? random.pick(types)] : [schema['type']].flat();
  switch (random.pick(listed)) {
    case 'string':
      return random.pick(
        typeof schema['minLength'] === 'number' && schema['minLength'] > 1 ? ['ab', 'abc', 'a@b.co'] : texts,
      );
    case 'number':
    case 'integer':
      return random.pick(numbers);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    case 'array': {
      const prefix = (schema['prefixItems'] ?? (Array.isArray(schema['items']) ? schema['items'] : [])) as Json[];
      const rest = Array.isArray(schema['items']) ? schema['additionalItems'] : schema['items'];
      const length = Math.max(Number(schema['minItems'] ?? 0), random.below(4));
      const items = Array.from({ length }, (_, index) => follow(prefix[index] ?? rest));
      if (schema['contains'] !== undefined && items.length > 0)
        items[random.below(items.length)] = follow(schema['contains']);
      return items;
    }
    default: {
      const properties = (schema['properties'] ?? {}) as SchemaObject;
      const wanted = new Set([
        ...((schema['required'] ?? []) as string[]),
        ...Object.keys(properties).filter(() => random.chance(0.6)),
      ]);
      for (const name of names) if (random.chance(0.12)) wanted.add(name);
      const [matching] = Object.values((schema['patternProperties'] ?? {}) as SchemaObject);
      const others = schema['additionalProperties'] ?? schema['unevaluatedProperties'];
      return Object.fromEntries([...wanted].map((name) => [name, follow(properties[name] ?? matching ?? others)]));
    }
  }
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function impliedType(schema: SchemaObject): string | undefined {
  if (
    ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties'].some(
      (keyword) => keyword in schema,
    )
  )
    return 'object';
  return ['items', 'prefixItems', 'contains', 'minItems'].some((keyword) => keyword in schema) ? 'array' : undefined;
}
