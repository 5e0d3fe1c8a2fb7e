import { type Document } from './document.ts';
import { type Atom, type Formula, type Formulas } from './formula.ts';
import { canonicalText, isObject, type JsonObject, type JsonType } from './json.ts';
import { eachSchema, isInPlace, type Schema } from './positions.ts';
import { Refusal } from './refusal.ts';

/** A document as one formula. `side` keeps recursive definitions of the two sides apart; all else is shared by its meaning. */
export function compile(
  document: Document,
  side: string,
  formulas: Formulas,
  isKnownFormat: (format: string) => boolean,
): Formula {
  const { always, never, types, values, and, or, one, not, choose, ref, opaque, atom, sift } = formulas;
  const formulaByName = new Map<string, Formula | 'being compiled'>();

  /** The opposite of an atom, for values of its type; like the atom it leaves all others alone. */
  const opposite = (atom: Atom): Formula => or([not(types([atom.on])), not(formulas.atom(atom))]);

  function definition(name: string): Formula {
    const known = formulaByName.get(name);
    if (known === 'being compiled') return ref(`${side} ${name}`, () => formulaByName.get(name) as Formula);
    if (known) return known;
    formulaByName.set(name, 'being compiled');
    const formula = compiled(document.definitions.get(name)!);
    formulaByName.set(name, formula);
    return formula;
  }

  function compiled(schema: Schema): Formula {
    if (!isObject(schema)) return schema ? always : never;
    const base = and([
      ...anyType(schema),
      ...numbers(schema),
      ...strings(schema),
      ...arrays(schema),
      ...objects(schema),
      ...inPlace(schema),
    ]);
    const unevaluated = schema['unevaluatedProperties'] as Schema | undefined;
    if (unevaluated === undefined || unevaluated === true) return base;
    const part = compiled(unevaluated);
    return and([base, sift({ pending: [base], names: new Set(), patterns: [], part })]);
  }

  function anyType(schema: JsonObject): Formula[] {
    const parts: Formula[] = [];
    if (Array.isArray(schema['type'])) parts.push(typeFormula(schema['type'] as string[]));
    if (Array.isArray(schema['enum'])) parts.push(values(schema['enum']));
    if (Object.hasOwn(schema, 'const')) parts.push(values([schema['const']]));
    return parts;
  }

  function typeFormula(listed: readonly string[]): Formula {
    const plain = types(listed.filter((type) => type !== 'integer') as JsonType[]);
    if (!listed.includes('integer') || listed.includes('number')) return plain;
    return or([
      ...(listed.length > 1 ? [plain] : []),
      and([types(['number']), atom({ on: 'number', kind: 'multiple', value: 1 })]),
    ]);
  }

  function numbers(schema: JsonObject): Formula[] {
    const parts: Formula[] = [];
    if (schema['minimum'] !== undefined) parts.push(atom(bound('from', schema['minimum'])));
    if (schema['exclusiveMinimum'] !== undefined) parts.push(atom(bound('above', schema['exclusiveMinimum'])));
    if (schema['maximum'] !== undefined) parts.push(opposite(bound('above', schema['maximum'])));
    if (schema['exclusiveMaximum'] !== undefined) parts.push(opposite(bound('from', schema['exclusiveMaximum'])));
    const { multipleOf, format } = schema;
    if (multipleOf !== undefined) parts.push(atom({ on: 'number', kind: 'multiple', value: multipleOf as number }));
    if (format === 'int32' || format === 'int64') parts.push(atom({ on: 'number', kind: 'multiple', value: 1 }));
    if (format === 'int32') parts.push(atom(bound('from', -(2 ** 31))), opposite(bound('above', 2 ** 31 - 1)));
    return parts;
  }

  /** Between `minimum` and `maximum`, where a formula says "at least so many". */
  function counted(minimum: unknown, maximum: unknown, atLeast: (count: number) => Atom): Formula[] {
    const parts: Formula[] = [];
    if (typeof minimum === 'number' && minimum > 0) parts.push(atom(atLeast(Math.ceil(minimum))));
    if (typeof maximum === 'number') parts.push(opposite(atLeast(Math.floor(maximum) + 1)));
    return parts;
  }

  function strings(schema: JsonObject): Formula[] {
    const parts = counted(schema['minLength'], schema['maxLength'], (least) => ({
      on: 'string',
      kind: 'length',
      least,
    }));
    const { pattern, format } = schema;
    if (typeof pattern === 'string') parts.push(atom({ on: 'string', kind: 'pattern', text: pattern }));
    if (typeof format === 'string' && isKnownFormat(format))
      parts.push(atom({ on: 'string', kind: 'format', text: format }));
    return parts;
  }

  function arrays(schema: JsonObject): Formula[] {
    const parts = counted(schema['minItems'], schema['maxItems'], (least) => ({ on: 'array', kind: 'length', least }));
    const { prefixItems, items, contains, uniqueItems, unevaluatedItems } = schema;
    const prefix = Array.isArray(prefixItems) ? (prefixItems as Schema[]) : [];
    prefix.forEach((item, index) =>
      parts.push(item === true ? always : atom({ on: 'array', kind: 'at', index, part: compiled(item) })),
    );
    if (items !== undefined) {
      const part = compiled(items as Schema);
      if (part === never) parts.push(opposite({ on: 'array', kind: 'length', least: prefix.length + 1 }));
      else if (part !== always) parts.push(atom({ on: 'array', kind: 'rest', index: prefix.length, part }));
    }
    if (contains !== undefined) {
      const part = compiled(contains as Schema);
      const contained = (least: number): Atom =>
        part === always ? { on: 'array', kind: 'length', least } : { on: 'array', kind: 'contains', least, part };
      parts.push(...counted(schema['minContains'] ?? 1, schema['maxContains'], contained));
    }
    if (uniqueItems === true) parts.push(atom({ on: 'array', kind: 'unique' }));
    if (unevaluatedItems !== undefined && unevaluatedItems !== true)
      parts.push(unevaluated(schema, unevaluatedItems as Schema, prefix.length));
    return parts;
  }

  /** Which items are left over is plain where no schema beside it speaks of items; else it is not followed. */
  function unevaluated(schema: JsonObject, leftOver: Schema, index: number): Formula {
    if (speaksOfItemsBeside(schema)) return opaque('unevaluatedItems', `${side} ${canonicalText(schema)}`);
    if (schema['items'] !== undefined) return always;
    const { contains } = schema;
    const part = or([...(contains === undefined ? [] : [compiled(contains as Schema)]), compiled(leftOver)]);
    return atom({ on: 'array', kind: 'rest', index, part });
  }

  function objects(schema: JsonObject): Formula[] {
    const parts = counted(schema['minProperties'], schema['maxProperties'], (least) => ({
      on: 'object',
      kind: 'length',
      least,
    }));
    const has = (name: string): Formula => atom({ on: 'object', kind: 'has', name });
    const { properties, patternProperties, additionalProperties, propertyNames, required, dependentRequired } = schema;
    const members = isObject(properties) ? Object.entries(properties) : [];
    const matching = isObject(patternProperties) ? Object.entries(patternProperties) : [];
    for (const [name, member] of members)
      parts.push(atom({ on: 'object', kind: 'member', name, part: compiled(member as Schema) }));
    for (const [pattern, member] of matching)
      parts.push(atom({ on: 'object', kind: 'matching', pattern, part: compiled(member as Schema) }));
    if (additionalProperties !== undefined) {
      const names = new Set(members.map(([name]) => name));
      const patterns = matching.map(([pattern]) => pattern);
      parts.push(
        atom({ on: 'object', kind: 'others', names, patterns, part: compiled(additionalProperties as Schema) }),
      );
    }
    if (propertyNames !== undefined)
      parts.push(atom({ on: 'object', kind: 'names', part: compiled(propertyNames as Schema) }));
    if (Array.isArray(required)) parts.push(...(required as string[]).map(has));
    if (isObject(dependentRequired)) {
      for (const [name, needs] of Object.entries(dependentRequired)) {
        parts.push(or([not(has(name)), and((needs as string[]).map(has))]));
      }
    }
    return parts;
  }

  function inPlace(schema: JsonObject): Formula[] {
    const parts: Formula[] = [];
    const all = (keyword: string): Formula[] => (schema[keyword] as Schema[]).map(compiled);
    if (Array.isArray(schema['allOf'])) parts.push(...all('allOf'));
    if (Array.isArray(schema['anyOf'])) parts.push(or(all('anyOf')));
    if (Array.isArray(schema['oneOf'])) parts.push(one(all('oneOf')));
    if (schema['not'] !== undefined) parts.push(not(compiled(schema['not'] as Schema)));
    if (schema['if'] !== undefined) {
      const branch = (keyword: 'then' | 'else'): Formula => compiled((schema[keyword] ?? true) as Schema);
      parts.push(choose(compiled(schema['if'] as Schema), branch('then'), branch('else')));
    }
    if (isObject(schema['dependentSchemas'])) {
      for (const [name, dependent] of Object.entries(schema['dependentSchemas'])) {
        const has = and([types(['object']), atom({ on: 'object', kind: 'has', name })]);
        parts.push(choose(has, compiled(dependent as Schema), always));
      }
    }
    if (typeof schema['$ref'] === 'string') parts.push(definition(schema['$ref']));
    if (schema['$dynamicRef'] !== undefined) parts.push(opaque('$dynamicRef', `${side} ${canonicalText(schema)}`));
    return parts;
  }

  return compiled(document.root);
}

const OF_ITEMS = ['prefixItems', 'items', 'contains', 'unevaluatedItems'];

function speaksOfItemsBeside(schema: JsonObject): boolean {
  let speaks = schema['$ref'] !== undefined || schema['$dynamicRef'] !== undefined;
  eachSchema(schema, (child, keyword) => {
    if (!isInPlace(keyword) || !isObject(child) || keyword === 'not') return;
    speaks ||= OF_ITEMS.some((name) => child[name] !== undefined) || speaksOfItemsBeside(child);
  });
  return speaks;
}

function bound(kind: 'from' | 'above', value: unknown): Atom {
  return { on: 'number', kind, value: value as number };
}

/** Throws a {@link Refusal} when a `$ref` leads back to itself without going into a member or an item: validating never ends. */
export function refuseEndlessReferences(document: Document): void {
  const targets = new Map([...document.definitions].map(([name, schema]) => [name, referencesInPlace(schema)]));
  const finished = new Set<string>();
  for (const start of targets.keys()) {
    const path: { name: string; rest: string[] }[] = [{ name: start, rest: [...targets.get(start)!] }];
    const open = new Set([start]);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        finished.add(top.name);
        open.delete(top.name);
        path.pop();
      } else if (open.has(next)) {
        throw new Refusal('invalid', '$ref', 'a $ref leads back to itself without going into a member or an item');
      } else if (!finished.has(next)) {
        open.add(next);
        path.push({ name: next, rest: [...targets.get(next)!] });
      }
    }
  }
}

function referencesInPlace(schema: Schema): ReadonlySet<string> {
  const found = new Set<string>();
  const pending: Schema[] = [schema];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isObject(next)) continue;
    if (typeof next['$ref'] === 'string') found.add(next['$ref']);
    eachSchema(next, (child, keyword) => {
      if (isInPlace(keyword)) pending.push(child);
    });
  }
  return found;
}
