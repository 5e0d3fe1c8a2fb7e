import { Counter } from './counter.ts';
import { decodeIds } from './decoder.ts';
import { type Encoding, type EncodingSpec, specOf } from './encodings.ts';
import { tablesOf } from './load.ts';
import { SPLITTERS } from './split/index.ts';
import type { Tables } from './tables/format.ts';

export { ENCODINGS, type Encoding, isEncoding } from './encodings.ts';

interface Loaded {
  readonly spec: EncodingSpec;
  readonly tables: Tables;
  readonly counter: Counter;
}

const loadedByEncoding = new Map<Encoding, Loaded>();
const counterByTables = new Map<Tables, Counter>();

/**
 * How many tokens `text` is under an OpenAI encoding: exact, the length of what OpenAI's tiktoken
 * returns from `encode_ordinary`. Text that looks like a special token is text.
 *
 * The first count under an encoding reads its table, about 10 MB for o200k_base. Throws a RangeError
 * that names the nearest encoding if `encoding` is none.
 *
 * @example countTokens('hello world', 'o200k_base') // 2
 */
export function countTokens(text: string, encoding: Encoding): number {
  return loaded(encoding).counter.count(text);
}

/**
 * The token ids of `text`, those of tiktoken's `encode_ordinary`; a lone surrogate is encoded as
 * U+FFFD. Throws as `countTokens` does.
 *
 * @example encode('hello world', 'o200k_base') // [24912, 2375]
 */
export function encode(text: string, encoding: Encoding): number[] {
  return loaded(encoding).counter.encode(text);
}

/**
 * The text of token ids, special ones included: `decode(encode(text))` is `text` for every
 * well-formed string. Bytes that are not UTF-8 come out as U+FFFD. Throws a RangeError on an id the
 * encoding does not have, and as `countTokens` does.
 *
 * @example decode([24912, 2375], 'o200k_base') // 'hello world'
 */
export function decode(ids: readonly number[], encoding: Encoding): string {
  const { tables, spec } = loaded(encoding);
  return decodeIds(ids, tables, spec);
}

function loaded(encoding: Encoding): Loaded {
  return loadedByEncoding.get(encoding) ?? load(encoding);
}

function load(encoding: Encoding): Loaded {
  const spec = specOf(encoding);
  const tables = tablesOf(spec);
  const counter = counterByTables.get(tables) ?? new Counter(tables, SPLITTERS[spec.pattern]);
  counterByTables.set(tables, counter);
  const entry = { spec, tables, counter };
  loadedByEncoding.set(encoding, entry);
  return entry;
}
