import { type Block, blockIndent, type Entry, isBlockScalar, type Value } from './entries.ts';
import { printFlow } from './flow.ts';
import type { KeyOrder } from './key-order.ts';

const STEP = 2;

/** A block's lines at an indentation; those above `head` are comments above its first entry. */
interface Printed {
  readonly lines: readonly string[];
  readonly head: number;
}

/** Sets a block anew: keys in order, two spaces a level, comments with what they stand above. */
export function printBlock(block: Block, indent: number, order: KeyOrder): Printed {
  const lines: string[] = [];
  let head = 0;
  const entries = block.kind === 'map' ? order.sort(block.entries) : block.entries;
  for (const [at, entry] of entries.entries()) {
    const inner = block.kind === 'map' ? order.under(entry.name) : order.members;
    const printed = block.kind === 'map' ? pair(entry, block, indent, inner) : item(entry, block, indent, inner);
    // Nothing stands above the first entry that a blank line would part it from.
    const lead = at === 0 ? withoutFirstBlank(entry.lead) : entry.lead;
    const comments = [...lead, ...printed.lines.slice(0, printed.head).map((line) => line.trim())];
    lines.push(...comments.map((comment) => indented(comment, indent)), ...printed.lines.slice(printed.head));
    if (at === 0) head = comments.length;
  }
  lines.push(...block.after.map((comment) => indented(comment, indent)));
  return { lines, head };
}

function pair(entry: Entry, block: Block, indent: number, order: KeyOrder): Printed {
  const { key, aside, value } = entry;
  const start = `${' '.repeat(indent)}${key}:`;
  if (value.kind === 'none') return { lines: [start + aside], head: 0 };
  if (value.kind === 'block')
    return { lines: [start + aside, ...printBlock(value.block, indent + STEP, order).lines], head: 0 };
  return { lines: inline(start, aside, value, block, indent, order), head: 0 };
}

function item(entry: Entry, block: Block, indent: number, order: KeyOrder): Printed {
  const { aside, value } = entry;
  const start = `${' '.repeat(indent)}-`;
  if (value.kind === 'none') return { lines: [start + aside], head: 0 };
  if (value.kind === 'inline') return { lines: inline(start, aside, value, block, indent, order), head: 0 };
  const { lines, head } = printBlock(value.block, indent + STEP, order);
  const above = [...(aside === '' ? [] : [indented(aside.trim(), indent)]), ...lines.slice(0, head)];
  const [first = '', ...rest] = lines.slice(head);
  return { lines: [...above, `${start} ${first.slice(indent + STEP)}`, ...rest], head: above.length };
}

type Inline = Extract<Value, { kind: 'inline' }>;

function inline(start: string, aside: string, value: Inline, block: Block, indent: number, order: KeyOrder): string[] {
  const [first = '', ...rest] = written(value, block.column, indent, order);
  if (value.below === undefined) return [`${start} ${first}`, ...rest].map(withAside);
  const comments = value.below.map((comment) => indented(comment, indent + STEP));
  return [start + aside, ...comments, ...[indented(first, indent + STEP), ...rest].map(withAside)];

  function withAside(line: string, at: number, all: readonly string[]): string {
    return at === all.length - 1 ? line + value.aside : line;
  }
}

/** A value's lines: the first without indentation, the others with theirs. The text that it means is not touched. */
function written({ node, source }: Inline, column: number, indent: number, order: KeyOrder): string[] {
  if (isBlockScalar(node)) return blockScalar(source, column, indent);
  if (!source.includes('\n')) return [node.kind === 'scalar' ? source : (printFlow(node, source, order) ?? source)];
  const [first = '', ...rest] = source.split('\n');
  if (node.kind === 'scalar') return [first, ...rest.map((line) => indented(line.trimStart(), indent + STEP))];
  const shift = indent - column;
  return [first, ...rest.map((line) => indented(line.trimStart(), Math.max(indent, line.search(/\S|$/) + shift)))];
}

/** `|` and `>`: the header as it is, but for the digit that counts the indentation, and every line moved by the same blanks. */
function blockScalar(source: string, column: number, indent: number): string[] {
  const [header = '', ...body] = source.replace(/\n$/, '').split('\n');
  const from = blockIndent(source, column);
  const lines = body.map((line) => {
    const text = line.slice(Math.min(from, /^ */.exec(line)![0].length));
    return text === '' ? '' : ' '.repeat(indent + STEP) + text;
  });
  return [header.replace(/^([|>][-+]?)\d/, `$1${STEP}`), ...lines];
}

function indented(line: string, indent: number): string {
  return line === '' ? '' : ' '.repeat(indent) + line;
}

function withoutFirstBlank(lines: readonly string[]): readonly string[] {
  return lines[0] === '' ? lines.slice(1) : lines;
}
