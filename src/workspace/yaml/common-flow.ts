import type { JsonValue } from '../../model/index.ts';
import {
  APOSTROPHE,
  type CommonText,
  decline,
  isPlain,
  NEWLINE,
  plainScalar,
  QUOTE,
  readQuoted,
  SPACE,
} from './common-scalars.ts';
import type { YamlNode, YamlScalar } from './node.ts';

/** Flow collections of common YAML, and the keys of any mapping. */

/** A node with its value as JSON. */
export interface Common {
  readonly node: YamlNode;
  readonly value: JsonValue;
}

export type Entries = Map<string, { key: YamlScalar; value: YamlNode }>;

const COMMA = 44;
const COLON = 58;
export const OPEN_SEQ = 91;
const CLOSE_SEQ = 93;
export const OPEN_MAP = 123;
const CLOSE_MAP = 125;
const MAX_DEPTH = 64;

/** The collection whose bracket stands here, under an entry that stands in this column: its lines must be deeper. */
export function readFlow(text: string, start: number, column: number): Common {
  return new FlowReader(text, start, column).collection();
}

class FlowReader {
  readonly #text: string;
  readonly #column: number;
  #at: number;
  #depth = 0;

  constructor(text: string, start: number, column: number) {
    this.#text = text;
    this.#at = start;
    this.#column = column;
  }

  collection(): Common {
    if (++this.#depth > MAX_DEPTH) decline();
    const read = this.#text.charCodeAt(this.#at) === OPEN_MAP ? this.#map() : this.#seq();
    this.#depth--;
    return read;
  }

  #map(): Common {
    const start = this.#at++;
    const entries: Entries = new Map();
    const value: Record<string, JsonValue> = {};
    while (this.#space() !== CLOSE_MAP) {
      const key = readKey(this.#text, this.#at);
      this.#at = key.end + 1;
      if (!isBreak(this.#text.charCodeAt(this.#at))) decline();
      addEntry(entries, value, key, this.#value());
      this.#comma(CLOSE_MAP);
    }
    this.#at++;
    return { node: { kind: 'map', start, end: this.#at, style: 'flow', entries }, value };
  }

  #seq(): Common {
    const start = this.#at++;
    const items: YamlNode[] = [];
    const value: JsonValue[] = [];
    while (this.#space() !== CLOSE_SEQ) {
      const read = this.#value();
      items.push(read.node);
      value.push(read.value);
      this.#comma(CLOSE_SEQ);
    }
    this.#at++;
    return { node: { kind: 'seq', start, end: this.#at, style: 'flow', items }, value };
  }

  #value(): Common {
    const code = this.#space();
    if (code === OPEN_MAP || code === OPEN_SEQ) return this.collection();
    const read = code === QUOTE || code === APOSTROPHE ? readQuoted(this.#text, this.#at) : this.#plain();
    this.#at = read.node.end;
    return read;
  }

  #plain(): Common {
    FLOW_PLAIN.lastIndex = this.#at;
    const text = FLOW_PLAIN.exec(this.#text)?.[0] ?? '';
    let length = text.length;
    while (text.charCodeAt(length - 1) === SPACE) length--;
    const source = text.slice(0, length);
    if (!isPlain(source) || source.includes(' #')) decline();
    return plainScalar(source, this.#at);
  }

  #comma(close: number): void {
    const code = this.#space();
    if (code === COMMA) this.#at++;
    else if (code !== close) decline();
  }

  /** Past blanks and line breaks: the character that follows. */
  #space(): number {
    const text = this.#text;
    for (;;) {
      while (text.charCodeAt(this.#at) === SPACE) this.#at++;
      const code = text.charCodeAt(this.#at);
      if (code !== NEWLINE) return code;
      const start = ++this.#at;
      while (text.charCodeAt(this.#at) === SPACE) this.#at++;
      if (text.charCodeAt(this.#at) !== NEWLINE && this.#at - start <= this.#column) decline();
    }
  }
}

/** Up to what ends plain text in a flow collection. */
const FLOW_PLAIN = /[^,[\]{}\n]+/y;
const PLAIN_KEY = /[A-Za-z_$][\w$./-]*/y;

/** The key that stands here, with a colon behind it. */
export function readKey(text: string, start: number): CommonText['node'] {
  const key = keyAt(text, start) ?? decline();
  return text.charCodeAt(key.end) === COLON ? key : decline();
}

/** Whether an entry of a block mapping begins here. */
export function isKey(text: string, start: number): boolean {
  const end = keyAt(text, start)?.end;
  return end !== undefined && text.charCodeAt(end) === COLON && isBreak(text.charCodeAt(end + 1));
}

function keyAt(text: string, start: number): CommonText['node'] | undefined {
  const code = text.charCodeAt(start);
  if (code === QUOTE || code === APOSTROPHE) return readQuoted(text, start).node;
  PLAIN_KEY.lastIndex = start;
  const value = PLAIN_KEY.exec(text)?.[0];
  if (value === undefined || /^(?:null|true|false)$/i.test(value)) return undefined;
  return { kind: 'scalar', start, end: start + value.length, style: 'plain', value, source: undefined };
}

export function addEntry(
  entries: Entries,
  value: Record<string, JsonValue>,
  key: CommonText['node'],
  read: Common,
): void {
  if (entries.has(key.value) || key.value === '__proto__') decline();
  entries.set(key.value, { key, value: read.node });
  value[key.value] = read.value;
}

function isBreak(code: number): boolean {
  return code === SPACE || code === NEWLINE || Number.isNaN(code);
}
