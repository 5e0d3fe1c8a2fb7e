import { isObject, type JsonObject, type JsonValue, PromptctlError } from '../../model/index.ts';
import { nearest } from '../../runtime/index.ts';
import { type Fill, fillOf } from '../fill.ts';

export interface OptionSpec {
  readonly type: 'text' | 'number' | 'boolean' | 'texts' | 'list' | 'object' | 'any';
  readonly summary: string;
  readonly default?: JsonValue;
  readonly oneOf?: readonly string[];
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The options of one evaluator, checked against its specs. */
export class Options {
  readonly #values: JsonObject;

  constructor(values: JsonObject) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  raw(name: string): JsonValue | undefined {
    return this.#values[name];
  }

  text(name: string): string {
    return String(this.#values[name]);
  }

  /** A text whose `{{key}}` places the row fills; a number or a boolean is taken as its text. */
  fill(name: string): Fill {
    return fillOf(this.text(name));
  }

  fills(name: string): readonly Fill[] {
    const value = this.#values[name];
    return (Array.isArray(value) ? value : [value]).map((text) => fillOf(String(text)));
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    return (Array.isArray(value) ? value : [value]).map(String);
  }

  number(name: string): number {
    return this.#values[name] as number;
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  list(name: string): readonly JsonValue[] {
    const value = this.#values[name];
    return Array.isArray(value) ? value : [];
  }

  object(name: string): JsonObject {
    const value = this.#values[name];
    return isObject(value) ? value : {};
  }
}

const CHECKS: Readonly<Record<OptionSpec['type'], (value: JsonValue) => boolean>> = {
  text: (value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  texts: (value) => CHECKS.text(value) || (Array.isArray(value) && value.every((text: JsonValue) => CHECKS.text(text))),
  list: Array.isArray,
  object: isObject,
  any: () => true,
};

/** Checks what a prompt file gave and fills in the defaults. @throws PromptctlError naming the option, and the nearest name to an unknown one. */
export function readOptions(given: JsonObject, specs: OptionSpecs, where: string): Options {
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) {
      const near = nearest(name, Object.keys(specs));
      throw new PromptctlError(
        'config',
        `${where}: unknown option \`${name}\`${near ? `; did you mean \`${near}\`?` : ''}`,
        {
          hint: `It takes ${Object.keys(specs).join(', ') || 'no options'}`,
        },
      );
    }
    if (!CHECKS[spec.type](value))
      throw new PromptctlError(
        'config',
        `${where}: \`${name}\` must be ${WORDS[spec.type]}, not ${JSON.stringify(value)}`,
      );
    if (spec.oneOf && !spec.oneOf.includes(String(value))) {
      throw new PromptctlError(
        'config',
        `${where}: \`${name}\` must be one of ${spec.oneOf.join(', ')}, not ${JSON.stringify(value)}`,
      );
    }
  }
  const defaults = Object.entries(specs).filter(
    ([name, spec]) => spec.default !== undefined && given[name] === undefined,
  );
  return new Options({ ...Object.fromEntries(defaults.map(([name, spec]) => [name, spec.default!])), ...given });
}

const WORDS: Readonly<Record<OptionSpec['type'], string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  texts: 'a text or a list of texts',
  list: 'a list',
  object: 'a mapping',
  any: 'a value',
};
