import { parseDocument } from 'yaml';
import { type JsonValue, type LineStarts, lineStarts, pointerParts, type Range, rangeAt } from '../../model/index.ts';
import type { SourceProblem } from '../problem.ts';
import { readCommon } from './common.ts';
import { convert, type Converted, NOTHING } from './convert.ts';
import type { YamlMap, YamlNode, YamlScalar } from './node.ts';
import { scalarOffsets } from './scalar-offsets.ts';
import { brokenPlaceholder } from './traps.ts';

/** A YAML file, parsed once: its value, and the place of every node by JSON pointer. */
export class YamlFile {
  readonly file: string;
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly value: JsonValue;
  readonly problems: SourceProblem[] = [];
  #lines: LineStarts | undefined;
  readonly #offsetsByScalar = new Map<YamlScalar, Int32Array>();

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    const { node, value } = readCommon(text) ?? this.#parse();
    this.root = node;
    this.value = value;
  }

  get lines(): LineStarts {
    return (this.#lines ??= lineStarts(this.text));
  }

  /** The node at a pointer, aliases followed; undefined where there is none. */
  node(pointer: string): YamlNode | undefined {
    let node = this.root;
    for (const part of pointerParts(pointer)) {
      if (node?.kind === 'map') node = node.entries.get(part)?.value;
      else if (node?.kind === 'seq') node = node.items[Number(part)];
      else return undefined;
    }
    return node;
  }

  /** The key of a pointer's last step, where its parent is a mapping. */
  keyNode(pointer: string): YamlNode | undefined {
    const cut = pointer.lastIndexOf('/');
    const parent = cut < 0 ? undefined : this.node(pointer.slice(0, cut));
    return parent?.kind === 'map' ? parent.entries.get(pointerParts(pointer).at(-1)!)?.key : undefined;
  }

  /** Every scalar of the file, keys too. */
  *scalars(): Iterable<YamlScalar> {
    const open: (YamlNode | undefined)[] = [this.root];
    for (let node = open.pop(); open.length > 0 || node; node = open.pop()) {
      if (node?.kind === 'scalar') yield node;
      else if (node?.kind === 'seq') open.push(...node.items);
      else if (node?.kind === 'map') for (const entry of node.entries.values()) open.push(entry.key, entry.value);
    }
  }

  /** Where a pointer's value stands; its key, or the nearest parent that exists, where it has none. */
  rangeOf(pointer: string, part: 'key' | 'value' = 'value'): Range {
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      if (at === '' && pointer !== '') return this.firstKey();
      const key = this.keyNode(at);
      const value = this.node(at);
      const isWritten = value !== undefined && value.end > value.start;
      const node = part === 'value' && at === pointer && isWritten ? value : (key ?? value);
      if (node) return this.#rangeOfNode(node);
      if (at === '') return this.firstKey();
    }
  }

  /** The file's first key: where a finding about something absent at the top stands. */
  firstKey(): Range {
    const root = this.root;
    const key = root?.kind === 'map' ? firstKeyOf(root) : root;
    return key ? this.#rangeOfNode(key) : this.range(0, Math.min(1, this.text.length));
  }

  /** Where a part of a string's text stands in the file, through quotes, escapes, folds and indentation. */
  rangeInScalar(pointer: string, start: number, end: number): Range {
    const node = this.node(pointer);
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') return this.rangeOf(pointer);
    let offsets = this.#offsetsByScalar.get(node);
    if (!offsets) this.#offsetsByScalar.set(node, (offsets = scalarOffsets(this.text, node.value, node)));
    const last = Math.max(start, end - 1);
    const from = offsets[start] ?? node.end;
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

  #rangeOfNode({ start, end }: YamlNode): Range {
    const blank = /\s/;
    let last = end;
    while (last > start + 1 && blank.test(this.text[last - 1]!)) last--;
    return this.range(start, last);
  }

  #parse(): Converted {
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
      // A file with a syntax error has no value: what the parser saved of it would only bring false findings.
      if (this.problems.length > 0 || document.contents === null) return NOTHING;
      return convert(document.contents, this.text, this.problems);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      this.problems.push({
        rule: 'syntax/yaml-error',
        message: 'The YAML is nested too deeply to read',
        start: 0,
        end: 1,
        pointer: '',
      });
      return NOTHING;
    }
  }
}

function firstKeyOf(map: YamlMap): YamlNode | undefined {
  for (const { key } of map.entries.values()) return key;
  return map;
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
