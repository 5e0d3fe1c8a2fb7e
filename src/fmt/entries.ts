import type { YamlNode } from '../workspace/index.ts';

/** The parts of a block collection as they stand in the file, ready to be set anew. Comments belong to what they stand above. */
export interface Block {
  readonly kind: 'map' | 'seq';
  /** Where its keys, or its dashes, stand in the file. */
  readonly column: number;
  readonly entries: readonly Entry[];
  /** Comments behind the last entry that are indented like the entries. */
  readonly after: readonly string[];
}

export interface Entry {
  /** The key's text; '' in a list. */
  readonly name: string;
  /** The key as written. */
  readonly key: string;
  /** Comments above it; '' is a blank line. */
  readonly lead: readonly string[];
  /** The comment on the line of the key or dash, with the blanks before it. */
  readonly aside: string;
  readonly value: Value;
}

export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'block'; readonly block: Block }
  | {
      readonly kind: 'inline';
      readonly node: YamlNode;
      /** As written. */
      readonly source: string;
      /** Comments between the key's line and the value; undefined where both stand on one line. */
      readonly below: readonly string[] | undefined;
      /** The comment behind it. */
      readonly aside: string;
    };

/** Why a file is left as it is. */
export class Unformattable extends Error {}

const TRIVIA = /(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*/y;
const LINE_END = /([ \t]*(?:#[^\n]*)?)(?:\n|$)/y;
const SPACES = /[ \t]*/y;

/**
 * Takes a file apart in one pass from its first byte to its last. Whatever is neither a node nor blank nor a comment, an anchor or a
 * tag, ends it: nothing of a file may be lost by not being looked at.
 */
export class EntryReader {
  readonly #text: string;
  #at: number;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  /** @throws Unformattable where the file holds what can't be set anew */
  read(root: YamlNode): Block {
    const block = this.#block(root, 0);
    const rest = this.#trivia();
    if (this.#at < this.#text.length) throw this.#strange();
    const after = [...block.after, ...rest];
    return { ...block, after: after.at(-1) === '' ? after.slice(0, -1) : after };
  }

  #block(node: YamlNode, minColumn: number): Block {
    const entries: Entry[] = [];
    let column: number | undefined;
    const take = (entry: () => Entry): void => {
      const lead = this.#trivia();
      column ??= this.#column();
      entries.push({ ...entry(), lead });
    };
    if (node.kind === 'map')
      for (const [name, { key, value }] of node.entries) take(() => this.#pair(name, key, value));
    else if (node.kind === 'seq') for (const item of node.items) take(() => this.#item(item));
    const after = this.#inside(Math.max(column ?? 0, minColumn));
    return { kind: node.kind === 'map' ? 'map' : 'seq', column: column ?? 0, entries, after };
  }

  #pair(name: string, key: YamlNode, value: YamlNode | undefined): Entry {
    const column = this.#column();
    if (key.kind !== 'scalar' || this.#at !== key.start) throw this.#strange();
    const source = this.#text.slice(key.start, key.end);
    if (source.includes('\n')) throw new Unformattable('a key goes over several lines');
    this.#at = key.end;
    this.#match(SPACES);
    this.#expect(':');
    return { name, key: source, lead: [], ...this.#value(value, column + 1) };
  }

  #item(item: YamlNode | undefined): Entry {
    const column = this.#column();
    this.#expect('-');
    return { name: '', key: '', lead: [], ...this.#value(item, column + 1) };
  }

  #value(node: YamlNode | undefined, minColumn: number): Pick<Entry, 'aside' | 'value'> {
    if (node === undefined || node.end <= node.start) return { aside: this.#lineEnd(), value: { kind: 'none' } };
    if (node.kind !== 'scalar' && node.style === 'block') {
      const isBelow = this.#text.slice(this.#at, node.start).includes('\n');
      const aside = isBelow ? this.#lineEnd() : '';
      return { aside, value: { kind: 'block', block: this.#block(node, minColumn) } };
    }
    const isBelow = this.#text.slice(this.#at, node.start).includes('\n');
    const aside = isBelow ? this.#lineEnd() : '';
    const below = isBelow ? this.#trivia() : undefined;
    if (!isBelow) this.#match(SPACES);
    if (this.#at !== node.start) throw this.#strange();
    const source = sourceOf(this.#text.slice(node.start, node.end), node, minColumn - 1);
    this.#at = node.start + source.length;
    const behind = source.endsWith('\n') ? '' : this.#lineEnd();
    return { aside, value: { kind: 'inline', node, source, below, aside: behind } };
  }

  /** Comments and blank lines up to the next thing on a line; several blank lines are one. */
  #trivia(): string[] {
    return this.#match(TRIVIA)
      .split('\n')
      .slice(0, -1)
      .map((line) => line.trim())
      .filter((line, at, all) => line !== '' || all[at - 1] !== '');
  }

  /** Comments behind a block's last entry, as far as they are indented like it; the next ones belong to what follows. */
  #inside(column: number): string[] {
    const start = this.#at;
    const lines = this.#match(TRIVIA).split('\n').slice(0, -1);
    const isInside = (line: string): boolean => /^[ \t]*#/.test(line) && line.indexOf('#') >= column;
    let count = 0;
    while (count < lines.length && (isInside(lines[count]!) || lines[count]!.trim() === '')) count++;
    while (count > 0 && lines[count - 1]!.trim() === '') count--;
    this.#at = start + lines.slice(0, count).reduce((sum, line) => sum + line.length + 1, 0);
    return lines.slice(0, count).map((line) => line.trim());
  }

  #lineEnd(): string {
    LINE_END.lastIndex = this.#at;
    const found = LINE_END.exec(this.#text);
    if (!found) throw this.#strange();
    this.#at = LINE_END.lastIndex;
    return found[1]!.trimEnd();
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)![0];
    this.#at += found.length;
    return found;
  }

  #expect(mark: string): void {
    if (this.#text[this.#at] !== mark) throw this.#strange();
    this.#at++;
  }

  #column(): number {
    return this.#at - (this.#text.lastIndexOf('\n', this.#at - 1) + 1);
  }

  #strange(): Unformattable {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    const mark = this.#text[this.#at];
    const what =
      mark === '&' || mark === '*'
        ? 'an anchor or an alias'
        : mark === '!'
          ? 'a tag'
          : mark === '?'
            ? 'a key written with `?`'
            : 'something that is no key, value or comment';
    return new Unformattable(`line ${line} holds ${what}`);
  }
}

/** The parser counts blank lines behind a block scalar as part of it; only with `+`, or indented deeper, are they its text. */
function sourceOf(source: string, node: YamlNode, column: number): string {
  if (!isBlockScalar(node) || /^[|>]\d?\+/.test(source)) return source;
  const indent = blockIndent(source, column);
  const lines = source.split('\n').slice(0, -1);
  const isText = (line: string, at: number): boolean => at === 0 || /[^ ]/.test(line) || line.length > indent;
  return source.endsWith('\n') ? `${lines.slice(0, lines.findLastIndex(isText) + 1).join('\n')}\n` : source;
}

/** What a block scalar's text is indented by: what its header counts from the collection's column, else what its first text has. */
export function blockIndent(source: string, column: number): number {
  const digit = /^[|>][-+]?(\d)/.exec(source)?.[1];
  if (digit !== undefined) return column + Number(digit);
  return /\n( *)[^ \n]/.exec(source)?.[1]!.length ?? 0;
}

export function isBlockScalar({ style }: YamlNode): boolean {
  return style === 'literal' || style === 'folded';
}
