import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';
import { type JsonValue, pointerTo } from '../../model/index.ts';
import type { SourceProblem } from '../problem.ts';
import type { NodeStyle, YamlNode, YamlScalar } from './node.ts';
import { scalarTraps, unquotedPlaceholder } from './traps.ts';

/** Aliases may add this many nodes before a file is taken for a bomb. */
const MAX_ALIASED_NODES = 10_000;
const MAX_DEPTH = 200;

const STYLES: Readonly<Record<string, NodeStyle>> = {
  PLAIN: 'plain',
  QUOTE_DOUBLE: 'double',
  QUOTE_SINGLE: 'single',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

export interface Converted {
  readonly node: YamlNode | undefined;
  readonly value: JsonValue;
}

export const NOTHING: Converted = { node: undefined, value: null };

/** Turns the parser's tree into values and slim nodes in one walk, and lets the parser's tree go: two thousand of them fill the heap. */
export function convert(root: Node, text: string, problems: SourceProblem[]): Converted {
  return new Converter(text, problems).convert(root, undefined);
}

class Converter {
  readonly #text: string;
  readonly #problems: SourceProblem[];
  readonly #anchors = new Map<string, Node>();
  readonly #path: (string | number)[] = [];
  #aliased = 0;

  constructor(text: string, problems: SourceProblem[]) {
    this.#text = text;
    this.#problems = problems;
  }

  /** `alias` is the outermost one that led here: what it unfolds to is told once, where it stands. */
  convert(node: Node | null, alias: Node | undefined): Converted {
    if (node === null) return NOTHING;
    if (this.#path.length > MAX_DEPTH) {
      this.#problem('syntax/yaml-error', `The YAML is nested more than ${MAX_DEPTH} levels deep`, alias ?? node);
      return NOTHING;
    }
    if (isAlias(node)) return this.#alias(node.source, node, alias);
    if (alias && ++this.#aliased === MAX_ALIASED_NODES) {
      this.#problem(
        'syntax/yaml-error',
        `The aliases of this file unfold to more than ${MAX_ALIASED_NODES} nodes`,
        alias,
      );
    }
    if (this.#aliased >= MAX_ALIASED_NODES) return NOTHING;
    if (isMap(node)) {
      this.#anchor(node.anchor, node, alias);
      return this.#map(node as typeof node & { items: Pair<Node, Node | null>[] }, alias);
    }
    if (isSeq(node)) {
      this.#anchor(node.anchor, node, alias);
      const items = node.items.map((item, at) => this.#member(at, item as Node | null, alias));
      const [start, end] = rangeOf(node);
      const style = node.flow === true ? 'flow' : 'block';
      return {
        node: { kind: 'seq', start, end, style, items: items.map((item) => item.node) },
        value: items.map((item) => item.value),
      };
    }
    if (!isScalar(node)) return NOTHING;
    this.#anchor(node.anchor, node, alias);
    if (!alias) this.#problems.push(...scalarTraps(this.#text, node, this.#pointer));
    const scalar = scalarNode(node);
    return { node: scalar, value: scalar.value };
  }

  #member(key: string | number, node: Node | null, alias: Node | undefined): Converted {
    this.#path.push(key);
    const converted = this.convert(node, alias);
    this.#path.pop();
    return converted;
  }

  #map(node: Node & { items: Pair<Node, Node | null>[]; flow?: boolean }, alias: Node | undefined): Converted {
    const trap = alias ? undefined : unquotedPlaceholder(this.#text, node, this.#pointer);
    if (trap) {
      this.#problems.push(trap);
      return NOTHING;
    }
    const entries = new Map<string, { key: YamlNode; value: YamlNode | undefined }>();
    const values: [string, JsonValue][] = [];
    for (const pair of node.items) {
      const name = keyText(pair.key);
      if (name === undefined) continue;
      if (entries.has(name)) {
        if (!alias) this.#duplicate(name, pair.key);
        continue;
      }
      const { node: value, value: json } = this.#member(name, pair.value, alias);
      entries.set(name, { key: scalarNode(pair.key as Node & Scalar), value });
      values.push([name, json]);
    }
    const [start, end] = rangeOf(node);
    return {
      node: { kind: 'map', start, end, style: node.flow === true ? 'flow' : 'block', entries },
      value: Object.fromEntries(values),
    };
  }

  #duplicate(name: string, key: Node): void {
    const message = `\`${name}\` stands twice in this mapping: readers stop here, or take one of the two`;
    this.#path.push(name);
    this.#problem('syntax/duplicate-key', message, key);
    this.#path.pop();
  }

  #anchor(name: string | undefined, target: Node, alias: Node | undefined): void {
    if (name !== undefined && !alias) this.#anchors.set(name, target);
  }

  #alias(name: string, node: Node, alias: Node | undefined): Converted {
    const target = this.#anchors.get(name);
    if (!target) {
      const message = `YAML reads \`*${name}\` as an alias, and nothing before it is named so; put the text in quotes`;
      this.#problem('syntax/yaml-error', message, alias ?? node);
      return NOTHING;
    }
    // One more step, so that an alias inside what it names runs into the depth limit and not out of the stack.
    return this.#member('', target, alias ?? node);
  }

  #problem(rule: string, message: string, node: Node): void {
    const [start, end] = rangeOf(node);
    this.#problems.push({ rule, message, start, end: end > start ? end : start + 1, pointer: this.#pointer() });
  }

  /** Made only where it is asked for: hardly any node has a problem. */
  readonly #pointer = (): string => {
    let pointer = '';
    for (const part of this.#path) pointer = pointerTo(pointer, part);
    return pointer;
  };
}

function rangeOf(node: Node): readonly [number, number] {
  return node.range ? [node.range[0], node.range[1]] : [0, 1];
}

export function keyText(key: unknown): string | undefined {
  if (!isNode(key) || !isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function scalarNode(node: Scalar): YamlScalar {
  const [start, end] = rangeOf(node as Node);
  const value = scalarValue(node);
  return {
    kind: 'scalar',
    start,
    end,
    style: STYLES[node.type ?? 'PLAIN'] ?? 'plain',
    value,
    source: typeof value === 'string' ? undefined : node.source,
  };
}

function scalarValue({ value }: Scalar): YamlScalar['value'] {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : null;
}
