/** One way in which a value fails its schema. */
export interface SchemaProblem {
  /** JSON pointer into the value; `''` is the value itself. */
  readonly path: string;
  readonly keyword: string;
  /** `expected <expected>, got <received>`; at most 60 characters of the value are quoted. */
  readonly message: string;
  /** What the schema asks for, in words that hold nothing of the value. */
  readonly expected: string;
  /** JSON pointer into the schema, ending with the keyword. */
  readonly schemaPath: string;
}

/** The schema itself can't be used: a keyword the runtime doesn't check, or a malformed one. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  /** JSON pointer to the keyword inside the schema. */
  readonly pointer: string;

  constructor(message: string, pointer: string) {
    super(`${pointer || '/'}: ${message}`);
    this.pointer = pointer;
  }
}

/** Longest piece of a value that a message quotes, so that a hostile value can't flood a log or a prompt. */
const QUOTED = 60;

/** The value in a few words: a scalar as JSON, cut at 60 characters; a list or an object only by its size. */
export function describe(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > QUOTED ? `${JSON.stringify(value.slice(0, QUOTED - 1))}…` : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, QUOTED);
}

/** One step of a JSON pointer (RFC 6901). */
export const pointerStep = (key: string | number): string =>
  `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
