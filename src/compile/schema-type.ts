import { isObject, type JsonObject, type JsonValue, member, pointerParts } from '../model/index.ts';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** Writes a JSON Schema as a TypeScript type. Recursive parts get names of their own, collected in `declarations`. */
export class TypeWriter {
  readonly declarations: string[] = [];
  readonly #prefix: string;
  readonly #root: JsonValue;
  readonly #taken: Set<string>;
  readonly #nameByRef = new Map<string, string>();

  /** `taken` holds the names that the file has already; those that are made here join it. */
  constructor(prefix: string, root: JsonValue, taken: Set<string>) {
    this.#prefix = prefix;
    this.#root = root;
    this.#taken = taken;
  }

  type(schema: JsonValue | undefined): string {
    if (schema === false) return 'never';
    if (!isObject(schema)) return 'unknown';
    const reference = member(schema, '$ref');
    if (typeof reference === 'string') return this.#reference(reference);
    const fixed = member(schema, 'const');
    if (fixed !== undefined) return literal(fixed);
    const choices = member(schema, 'enum');
    if (Array.isArray(choices)) return union(choices.map(literal));
    for (const key of ['anyOf', 'oneOf']) {
      const options = member(schema, key);
      if (Array.isArray(options)) return union(options.map((option: JsonValue) => this.type(option)));
    }
    const all = member(schema, 'allOf');
    if (Array.isArray(all)) {
      const { allOf: _, ...rest } = schema;
      const parts = [
        ...(Object.keys(rest).length > 0 ? [this.type(rest)] : []),
        ...all.map((part: JsonValue) => this.type(part)),
      ];
      const told = parts.filter((part) => part !== 'unknown');
      return told.length > 0 ? told.map((part) => (part.includes(' | ') ? `(${part})` : part)).join(' & ') : 'unknown';
    }
    const nullable = member(schema, 'nullable') === true ? ['null'] : [];
    return union([...this.#types(schema), ...nullable]);
  }

  #types(schema: JsonObject): string[] {
    const type = member(schema, 'type') ?? impliedType(schema);
    const names = typeof type === 'string' ? [type] : Array.isArray(type) ? type : [];
    if (names.length === 0) return ['unknown'];
    return names.map((name: JsonValue) => {
      switch (name) {
        case 'integer':
        case 'number':
          return 'number';
        case 'array':
          return this.#array(schema);
        case 'object':
          return this.#object(schema);
        default:
          return String(name);
      }
    });
  }

  #array(schema: JsonObject): string {
    const prefix = member(schema, 'prefixItems');
    if (Array.isArray(prefix)) return `[${prefix.map((item: JsonValue) => this.type(item)).join(', ')}, ...unknown[]]`;
    return `readonly ${wrapped(this.type(member(schema, 'items')))}[]`;
  }

  #object(schema: JsonObject): string {
    const properties = member(schema, 'properties');
    const rest = member(schema, 'additionalProperties');
    if (!isObject(properties) || Object.keys(properties).length === 0) {
      return `{ readonly [name: string]: ${isObject(rest) ? this.type(rest) : rest === false ? 'never' : 'unknown'} }`;
    }
    const required = member(schema, 'required');
    const isRequired = (name: string): boolean => Array.isArray(required) && required.includes(name);
    const members = Object.entries(properties).map(
      ([name, property]) => `readonly ${key(name)}${isRequired(name) ? '' : '?'}: ${this.type(property)}`,
    );
    return `{ ${members.join('; ')} }`;
  }

  #reference(reference: string): string {
    const known = this.#nameByRef.get(reference);
    if (known) return known;
    if (!reference.startsWith('#')) return 'unknown';
    let target: JsonValue | undefined = this.#root;
    for (const part of pointerParts(decodeURIComponent(reference.slice(1))))
      target = Array.isArray(target) ? target[Number(part)] : member(target, part);
    if (target === undefined) return 'unknown';
    const name = this.#freeName(`${this.#prefix}${pascal(pointerParts(reference.slice(1)).at(-1) ?? 'Root')}`);
    this.#nameByRef.set(reference, name);
    this.declarations.push(`export type ${name} = ${this.type(target)};`);
    return name;
  }

  /** `a/b-c` and `a-b/c` would share their names. */
  #freeName(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}${count}`;
    this.#taken.add(name);
    return name;
  }
}

/** The name of a member, quoted where it must be. */
export function key(name: string): string {
  return IDENTIFIER.test(name) ? name : JSON.stringify(name);
}

/** support/ticket-triage becomes SupportTicketTriage. */
export function pascal(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const name = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `T${name}`;
}

function impliedType(schema: JsonObject): string | undefined {
  return member(schema, 'properties') === undefined ? undefined : 'object';
}

function literal(value: JsonValue): string {
  return typeof value === 'object' && value !== null ? 'unknown' : JSON.stringify(value);
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.includes('unknown') || distinct.length === 0 ? 'unknown' : distinct.join(' | ');
}

function wrapped(type: string): string {
  return /[|&]/.test(type) || type.startsWith('readonly ') ? `(${type})` : type;
}
