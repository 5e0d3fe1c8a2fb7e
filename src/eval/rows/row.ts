import { isObject, type JsonObject, type JsonValue, PromptctlError } from '../../model/index.ts';

/** One test: the values, and what our own keys say of it. */
export interface Row {
  /** Every key that is not ours: variables, `expected` and whatever else evaluators read. */
  readonly fields: JsonObject;
  readonly name: string;
  readonly id?: string;
  readonly tags: readonly string[];
  readonly skip: boolean;
  /** The evaluators that judge this row, by name; all where absent. */
  readonly evaluators?: readonly string[];
  readonly weight: number;
  /** Rows of one cluster are not independent: the interval allows for it. */
  readonly cluster?: string;
}

/** Rows as they lie in their file: each is read when it is needed. */
export interface Rows {
  readonly length: number;
  /** @throws PromptctlError where the row is no object. */
  at(index: number): JsonObject;
  /** Where a row stands, for messages. */
  place(index: number): string;
}

export function joinRows(first: Rows, second: Rows): Rows {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  const pick = (index: number): readonly [Rows, number] =>
    index < first.length ? [first, index] : [second, index - first.length];
  return {
    length: first.length + second.length,
    at(index) {
      const [rows, local] = pick(index);
      return rows.at(local);
    },
    place(index) {
      const [rows, local] = pick(index);
      return rows.place(local);
    },
  };
}

/** Rows that are already there, such as a prompt file's testData. */
export function rowsOf(rows: readonly JsonValue[], place: string): Rows {
  return {
    length: rows.length,
    at: (index) => objectAt(rows[index], `${place}/${index}`),
    place: (index) => `${place}/${index}`,
  };
}

export function objectAt(value: unknown, place: string): JsonObject {
  if (isObject(value)) return value;
  throw new PromptctlError('config', `${place} is no mapping of variables to values`);
}

const OWN_KEYS = ['$name', '$id', '$tags', '$skip', '$evaluators', '$weight', '$cluster'];

/** Reads our keys. @throws PromptctlError for an unknown one, or one of the wrong type. */
export function readRow(raw: JsonObject, index: number, place: string): Row {
  const fields: Record<string, JsonValue> = {};
  const own: Record<string, JsonValue> = {};
  for (const key in raw) (key.startsWith('$') ? own : fields)[key] = raw[key]!;
  const unknown = Object.keys(own).find((key) => !OWN_KEYS.includes(key));
  if (unknown !== undefined)
    throw new PromptctlError('config', `${place}: unknown key ${unknown}`, {
      hint: `Keys that begin with $ are ours: ${OWN_KEYS.join(', ')}`,
    });
  const { $name, $id, $tags, $skip, $evaluators, $weight, $cluster } = own;
  const evaluators = textsOf($evaluators);
  return {
    fields,
    name: typeof $name === 'string' && $name !== '' ? $name : `row ${index + 1}`,
    ...($id === undefined || $id === '' ? {} : { id: String($id) }),
    tags: textsOf($tags) ?? [],
    skip: $skip === true || $skip === 'true',
    ...(evaluators ? { evaluators } : {}),
    weight: weightOf($weight, place),
    ...($cluster === undefined || $cluster === '' ? {} : { cluster: String($cluster) }),
  };
}

function textsOf(value: JsonValue | undefined): string[] | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value.split(',').map((text) => text.trim());
  return Array.isArray(value) ? value.map(String) : undefined;
}

function weightOf(value: JsonValue | undefined, place: string): number {
  if (value === undefined || value === '') return 1;
  const weight = Number(value);
  if (Number.isFinite(weight) && weight >= 0) return weight;
  throw new PromptctlError('config', `${place}: $weight is ${JSON.stringify(value)}, not a number from 0 up`);
}
