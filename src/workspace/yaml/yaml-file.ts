import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
} from 'yaml';
import {
  type JsonValue,
  type LineStarts,
  lineStarts,
  pointerParts,
  pointerTo,
  type Range,
  rangeAt,
} from '../../model/index.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import type { SourceProblem } from '../problem.ts';
import { brokenPlaceholder, scalarTraps, unquotedPlaceholder } from './traps.ts';

/** Aliases may add this many nodes before a file is taken for a bomb. */
const MAX_ALIASED_NODES = 10_000;
const MAX_DEPTH = 200;

/** A YAML file, parsed once: its value, and the place of every node by JSON pointer. */
export class YamlFile {
  readonly file: string;
  readonly text: string;
  readonly root: Node | null;
  readonly value: JsonValue;
  readonly problems: SourceProblem[] = [];
  #lines: LineStarts | undefined;
  #aliased = 0;
  readonly #anchors = new Map<string, Node>();
  readonly #offsetsByScalar = new Map<Node, Int32Array>();

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.root = this.#parse();
    // A file with a syntax error has no value: what the parser saved of it would only bring false findings.
    this.value = this.root === null || this.problems.length > 0 ? null : this.#convert(this.root, '', 0, undefined);
  }

  get lines(): LineStarts {
    return (this.#lines ??= lineStarts(this.text));
  }

  /** The node at a pointer, aliases followed; undefined where there is none. */
  node(pointer: string): Node | undefined {
    let node: Node | null = this.root;
    for (const part of pointerParts(pointer)) {
      node = this.#follow(node);
      if (isMap(node)) node = (pairOf(node.items, part)?.value ?? null) as Node | null;
      else if (isSeq(node)) node = (node.items[Number(part)] ?? null) as Node | null;
      else return undefined;
    }
    return node === null ? undefined : (this.#follow(node) ?? undefined);
  }

  /** The key of a pointer's last step, where its parent is a mapping. */
  keyNode(pointer: string): Node | undefined {
    const cut = pointer.lastIndexOf('/');
    const parent = cut < 0 ? undefined : this.node(pointer.slice(0, cut));
    if (!isMap(parent)) return undefined;
    const key = pairOf(parent.items, pointerParts(pointer).at(-1)!)?.key;
    return isNode(key) ? key : undefined;
  }

  /** Where a pointer's value stands; its key, or the nearest parent that exists, where it has none. */
  rangeOf(pointer: string, part: 'key' | 'value' = 'value'): Range {
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const key = this.keyNode(at);
      const node = part === 'key' || at !== pointer ? (key ?? this.node(at)) : (this.node(at) ?? key);
      if (node?.range) return this.#rangeOfNode(node);
      if (at === '') return this.firstKey();
    }
  }

  /** The file's first key: where a finding about something absent at the top stands. */
  firstKey(): Range {
    const root = this.root;
    const key = isMap(root) ? root.items[0]?.key : root;
    return isNode(key) && key.range ? this.#rangeOfNode(key) : this.range(0, Math.min(1, this.text.length));
  }

  /** Where a part of a string's text stands in the file, through quotes, escapes, folds and indentation. */
  rangeInScalar(pointer: string, start: number, end: number): Range {
    const node = this.node(pointer);
    if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return this.rangeOf(pointer);
    let offsets = this.#offsetsByScalar.get(node);
    if (!offsets) this.#offsetsByScalar.set(node, (offsets = scalarOffsets(this.text, node as Scalar<string>)));
    const last = Math.max(start, end - 1);
    const from = offsets[start] ?? node.range[1];
    const to =
      end > start
        ? offsets[last + 1] === undefined
          ? (offsets[last] ?? from) + 1
          : Math.max(offsets[last]! + 1, from + 1)
        : from;
    return this.range(from, to);
  }

  range(start: number, end: number): Range {
    return rangeAt(this.lines, start, end);
  }

  #rangeOfNode(node: Node): Range {
    const [start, end] = node.range!;
    const blank = /\s/;
    let last = end;
    while (last > start + 1 && blank.test(this.text[last - 1]!)) last--;
    return this.range(start, last);
  }

  #parse(): Node | null {
    try {
      const document = parseDocument(this.text, {
        version: '1.2',
        schema: 'core',
        uniqueKeys: false,
        prettyErrors: false,
        // At `silent` the library passes over a second document.
        logLevel: 'error',
      });
      // Only the first: what follows a syntax error is mostly its echo.
      const error = document.errors[0];
      if (error) {
        const { code, message, pos } = error;
        const placeholder = brokenPlaceholder(this.text, pos[0]);
        this.problems.push(
          placeholder ?? {
            rule: 'syntax/yaml-error',
            message: yamlMessage(code, message),
            // A quote that is never closed is noticed past the last line; nobody looks there.
            start: Math.min(pos[0], Math.max(0, this.text.trimEnd().length - 1)),
            end: pos[1],
            pointer: '',
          },
        );
      }
      return document.contents;
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      this.problems.push({
        rule: 'syntax/yaml-error',
        message: 'The YAML is nested too deeply to read',
        start: 0,
        end: 1,
        pointer: '',
      });
      return null;
    }
  }

  #follow(node: Node | null): Node | null {
    return isAlias(node) ? (this.#anchors.get(node.source) ?? null) : node;
  }

  /** `alias` is the outermost one that led here: what it unfolds to is told once, where it stands. */
  #convert(node: Node | null, pointer: string, depth: number, alias: Node | undefined): JsonValue {
    if (node === null) return null;
    if (depth > MAX_DEPTH) {
      this.#problemAt(
        'syntax/yaml-error',
        `The YAML is nested more than ${MAX_DEPTH} levels deep`,
        alias ?? node,
        pointer,
      );
      return null;
    }
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target) return this.#convert(target, pointer, depth + 1, alias ?? node);
      this.#problemAt(
        'syntax/yaml-error',
        `YAML reads \`*${node.source}\` as an alias, and nothing before it is named so; put the text in quotes`,
        alias ?? node,
        pointer,
      );
      return null;
    }
    if (alias && ++this.#aliased === MAX_ALIASED_NODES) {
      this.#problemAt(
        'syntax/yaml-error',
        `The aliases of this file unfold to more than ${MAX_ALIASED_NODES} nodes`,
        alias,
        pointer,
      );
    }
    if (this.#aliased >= MAX_ALIASED_NODES) return null;
    if ((isScalar(node) || isCollection(node)) && node.anchor && !alias) this.#anchors.set(node.anchor, node);
    if (isMap(node)) {
      const trap = alias ? undefined : unquotedPlaceholder(this.text, node, pointer);
      if (trap) {
        this.problems.push(trap);
        return null;
      }
      return this.#convertMap(node.items as Pair<Node, Node | null>[], pointer, depth, alias);
    }
    if (isSeq(node)) {
      return node.items.map((item, at) => this.#convert(item as Node | null, pointerTo(pointer, at), depth + 1, alias));
    }
    if (!isScalar(node)) return null;
    if (!alias) this.problems.push(...scalarTraps(this.text, node, pointer));
    return scalarValue(node);
  }

  #convertMap(
    items: readonly Pair<Node, Node | null>[],
    pointer: string,
    depth: number,
    alias: Node | undefined,
  ): JsonValue {
    const entries = new Map<string, JsonValue>();
    for (const pair of items) {
      const key = keyText(pair.key);
      if (key === undefined) continue;
      if (entries.has(key)) {
        if (!alias)
          this.#problemAt(
            'syntax/duplicate-key',
            `\`${key}\` stands twice in this mapping: readers stop here, or take one of the two`,
            pair.key,
            pointerTo(pointer, key),
          );
        continue;
      }
      entries.set(key, this.#convert(pair.value, pointerTo(pointer, key), depth + 1, alias));
    }
    return Object.fromEntries(entries);
  }

  #problemAt(rule: string, message: string, node: Node, pointer: string): void {
    this.problems.push({ rule, message, start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 1, pointer });
  }
}

function pairOf(items: readonly Pair[], name: string): Pair | undefined {
  return items.find((pair) => keyText(pair.key) === name);
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function scalarValue(node: Scalar): JsonValue {
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : null;
}

/** The library's words for what people meet most, with the way out. */
function yamlMessage(code: string, message: string): string {
  if (message.includes('call stack')) return 'The YAML is nested too deeply to read';
  const first = message.split('\n', 1)[0]!.replace(/ at line \d+, column \d+:?$/, '');
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'A tab indents this line; YAML wants spaces';
    case 'MULTIPLE_DOCS':
      return 'The file holds several YAML documents; a prompt file is one (remove the second `---`)';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'This is read as a key of a mapping; quote the text, or write it as a block with `|`';
    case 'BAD_INDENT':
      return `${first} (indent it like its neighbours)`;
    default:
      return first;
  }
}
