import type { JsonValue } from '../../model/index.ts';
import { addEntry, type Common, type Entries, isKey, OPEN_MAP, OPEN_SEQ, readFlow, readKey } from './common-flow.ts';
import {
  APOSTROPHE,
  type CommonText,
  decline,
  isPlain,
  NEWLINE,
  NOT_COMMON,
  plainScalar,
  QUOTE,
  readLiteral,
  readQuoted,
  SPACE,
} from './common-scalars.ts';
import type { YamlNode } from './node.ts';

/**
 * Reads the YAML that people write: block mappings and sequences, flow collections, quoted and plain scalars on one line, literal
 * blocks. Everything else it leaves to the library — anchors, tags, folds, documents, duplicate keys, text that may be a mistake — so
 * that it never has to tell an error. What it does read it reads as the library does, to the last offset, in a sixth of the time.
 *
 * Returns undefined where the text holds anything that is not common.
 */
export function readCommon(text: string): Common | undefined {
  if (UNCOMMON.test(text)) return undefined;
  try {
    return new CommonReader(text).document();
  } catch (cause) {
    if (cause === NOT_COMMON) return undefined;
    throw cause;
  }
}

/** Control characters, tabs and carriage returns among them, and byte-order marks. */
const UNCOMMON = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;
const MAX_DEPTH = 64;

const HASH = 35;
const DASH = 45;
const PIPE = 124;

class CommonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Of the node that was read last: behind its line, where the library says that the node ends. */
  #nodeEnd = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Common {
    const column = this.#nextLine();
    if (column !== 0) decline();
    const read = this.#block(0);
    if (this.#nextLine() >= 0) decline();
    return read;
  }

  /**
   * Past blank lines and comments to the next line that says something: its column, or -1 at the end. A comment that is deeper than
   * this line belongs to what ends before it, and that is for the library to measure.
   */
  #nextLine(): number {
    const text = this.#text;
    let comment = 0;
    for (let at = this.#at; ;) {
      const start = at;
      while (text.charCodeAt(at) === SPACE) at++;
      const code = text.charCodeAt(at);
      if (code === HASH) comment = Math.max(comment, at - start);
      else if (code !== NEWLINE) {
        const column = at < text.length ? at - start : -1;
        if (comment > Math.max(column, 0)) decline();
        this.#at = at;
        return column;
      }
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end + 1;
    }
  }

  /** A mapping or a sequence whose first entry begins here, in this column. */
  #block(column: number): Common {
    if (++this.#depth > MAX_DEPTH) decline();
    const read = this.#isItem() ? this.#blockSeq(column) : this.#blockMap(column);
    this.#depth--;
    return read;
  }

  #isItem(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && this.#text.charCodeAt(this.#at + 1) === SPACE;
  }

  #blockMap(column: number): Common {
    const start = this.#at;
    const entries: Entries = new Map();
    const value: Record<string, JsonValue> = {};
    do {
      const key = readKey(this.#text, this.#at);
      this.#at = key.end + 1;
      addEntry(entries, value, key, this.#blockValue(column, false));
    } while (this.#nextLine() === column && !this.#isItem());
    this.#at = this.#nodeEnd;
    return { node: { kind: 'map', start, end: this.#nodeEnd, style: 'block', entries }, value };
  }

  #blockSeq(column: number): Common {
    const start = this.#at;
    const items: YamlNode[] = [];
    const value: JsonValue[] = [];
    do {
      this.#at++;
      const read = this.#blockValue(column, true);
      items.push(read.node);
      value.push(read.value);
    } while (this.#nextLine() === column && this.#isItem());
    this.#at = this.#nodeEnd;
    return { node: { kind: 'seq', start, end: this.#nodeEnd, style: 'block', items }, value };
  }

  /** What follows the colon of a key or the dash of an item that stands in this column. */
  #blockValue(column: number, isItem: boolean): Common {
    const text = this.#text;
    const after = this.#at;
    while (text.charCodeAt(this.#at) === SPACE) this.#at++;
    const code = text.charCodeAt(this.#at);
    if (code !== NEWLINE && !Number.isNaN(code) && this.#at === after) decline();
    switch (code) {
      case NEWLINE: {
        const inner = this.#nextLine();
        if (isItem || inner < column || (inner === column && !this.#isItem())) decline();
        return this.#block(inner);
      }
      case PIPE:
        return this.#literal(column);
      case OPEN_MAP:
      case OPEN_SEQ:
        return this.#flow(column);
      default:
        // An entry that begins on the line of its dash.
        if (isItem && isKey(text, this.#at)) return this.#block(column + 1 + this.#at - after);
        return code === QUOTE || code === APOSTROPHE ? this.#quoted(column) : this.#plain(column);
    }
  }

  /** Plain text up to the end of its line. */
  #plain(column: number): Common {
    const text = this.#text;
    const start = this.#at;
    const newline = text.indexOf('\n', start);
    let end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (!isPlain(line)) decline();
    const comment = line.indexOf(' #');
    if (comment >= 0) end = start + comment;
    while (text.charCodeAt(end - 1) === SPACE) end--;
    this.#at = end;
    const read = plainScalar(text.slice(start, end), start);
    this.#endLine(column, true);
    return read;
  }

  /** Nothing but a comment may follow on the line, nor text that goes on below; what may be cut text is left to the library. */
  #endLine(column: number, isUnquoted: boolean): void {
    const text = this.#text;
    const end = this.#at;
    while (text.charCodeAt(this.#at) === SPACE) this.#at++;
    const code = text.charCodeAt(this.#at);
    if (code === HASH) {
      const newline = text.indexOf('\n', this.#at);
      const comment = text.slice(this.#at, newline < 0 ? text.length : newline);
      if (this.#at === end || (isUnquoted && !/^# (?!.*\{\{)/.test(comment))) decline();
      this.#at += comment.length;
    } else if (code !== NEWLINE && !Number.isNaN(code)) decline();
    if (this.#at < text.length) this.#at++;
    this.#nodeEnd = this.#at;
    if (this.#nextLine() > column) decline();
    this.#at = this.#nodeEnd;
  }

  #literal(column: number): CommonText {
    const read = readLiteral(this.#text, this.#at, column);
    this.#nodeEnd = read.node.end;
    this.#at = this.#nodeEnd;
    return read;
  }

  #quoted(column: number): CommonText {
    const read = readQuoted(this.#text, this.#at);
    this.#at = read.node.end;
    this.#endLine(column, false);
    return read;
  }

  #flow(column: number): Common {
    const read = readFlow(this.#text, this.#at, column);
    this.#at = read.node.end;
    this.#endLine(column, false);
    return read;
  }
}
