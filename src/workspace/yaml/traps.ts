import { isMap, type Node, type Pair, type Scalar } from 'yaml';
import type { SourceProblem } from '../problem.ts';

/** What YAML reads as something else than the author wrote, in silence. */

/** `content: {{x}}` is a mapping to YAML, and so is `{x}`. */
export function unquotedPlaceholder(text: string, node: Node, pointerOf: () => string): SourceProblem | undefined {
  if (!isMap(node) || !node.flow || node.items.length !== 1 || !node.range) return undefined;
  const [start, end] = node.range;
  const source = text.slice(start, end);
  const pair = node.items[0] as Pair;
  const isPlaceholder =
    isMap(pair.key) || (pair.value === null && /^\{\s*[\w.-]+\s*\}$/.test(source) && isText(pointerOf()));
  if (!isPlaceholder) return undefined;
  return placeholderProblem(text, start, end, pointerOf());
}

/** Where the format has text. Elsewhere `{ticket}` may be a mapping as meant: a declaration, or a row. */
function isText(pointer: string): boolean {
  return /^\/(?:name|description|model|id)$|\/(?:content|output|prompt|systemPrompt|equals|contains|startsWith|endsWith)$|^\/testData\/\d+\/[^/]+$/.test(
    pointer,
  );
}

/** A syntax error on a line whose value begins with braces, or on the one behind it, is this trap too. */
export function brokenPlaceholder(text: string, offset: number): SourceProblem | undefined {
  const lineStart = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const before = lineStart > 1 ? text.lastIndexOf('\n', lineStart - 2) + 1 : undefined;
  return bracesIn(text, lineStart) ?? (before === undefined ? undefined : bracesIn(text, before, true));
}

/** `goingOn` asks for a value that the next line belongs to: braces in a block of text are none. */
function bracesIn(text: string, lineStart: number, goingOn = false): SourceProblem | undefined {
  const lineEnd = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  const found = /^(\s*(?:- +)*(?:[\w$.-]+:\s+|- +))(\{\{.*)$/.exec(line.trimEnd());
  if (!found) return undefined;
  const start = lineStart + found[1]!.length;
  const problem = placeholderProblem(text, start, start + found[2]!.length, '');
  // Quotes around the first line of several would leave the others outside, and quotes around a comment make it text.
  const { fix: _, ...told } = problem;
  const isContinued = lineEnd >= 0 && goesOn(text.slice(lineEnd + 1), found[1]!);
  if (goingOn && !isContinued) return undefined;
  const isPart = /\s#/.test(found[2]!) || isContinued;
  return isPart ? told : problem;
}

/** Whether the next line is indented deeper than the key before it, and so belongs to the same value. */
function goesOn(rest: string, key: string): boolean {
  const next = /^(?:[ \t]*\r?\n)*( *)(?=\S)/.exec(rest);
  const indent = /^\s*(?:- +)*/.exec(key)![0].length;
  return next !== null && next[1]!.length > (key.endsWith('- ') ? indent - 2 : indent);
}

function placeholderProblem(text: string, start: number, end: number, pointer: string): SourceProblem {
  const source = text.slice(start, end);
  return {
    rule: 'syntax/unquoted-placeholder',
    message: `YAML reads ${source.length > 40 ? 'these braces' : source} as a mapping, not as text`,
    help: 'put the text in quotes',
    start,
    end,
    pointer,
    ...(source.includes('\n') ? {} : { fix: { safe: true, edits: [{ start, end, text: JSON.stringify(source) }] } }),
  };
}

/** Types that YAML 1.1 and 1.2 know by `!!`. */
const CORE_TAGS = new Set(
  'str int float bool null map seq set omap pairs binary timestamp merge value yaml'.split(' '),
);

/** `!word text` is a tag to YAML: the word is gone. */
export function taggedScalar(text: string, node: Scalar, pointerOf: () => string): SourceProblem | undefined {
  if (typeof node.tag !== 'string' || !node.range) return undefined;
  const own = /^tag:yaml\.org,2002:(.*)$/.exec(node.tag)?.[1];
  if (own !== undefined && CORE_TAGS.has(own)) return undefined;
  const tag = own === undefined ? node.tag : `!!${own}`;
  const end = node.range[1];
  const start = text.lastIndexOf(tag.startsWith('!') ? tag : '!', end);
  if (start < 0) return undefined;
  const source = text.slice(start, end);
  return {
    rule: 'syntax/tagged-scalar',
    message: `YAML reads \`${tag}\` as a tag and drops it from the text`,
    help: 'put the text in quotes',
    start,
    end: Math.max(end, start + tag.length),
    pointer: pointerOf(),
    ...(node.type === 'PLAIN' && !source.includes('\n')
      ? {
          fix: {
            safe: true,
            edits: [
              {
                start,
                end: Math.max(end, start + tag.length),
                text: JSON.stringify(text.slice(start, Math.max(end, start + tag.length))),
              },
            ],
          },
        }
      : {}),
  };
}

/** ` #` ends plain text. A note to readers has a blank after the `#`; text that goes on does not, or speaks of a placeholder. */
export function cutByComment(text: string, node: Scalar, pointerOf: () => string): SourceProblem | undefined {
  if (node.type !== 'PLAIN' || typeof node.value !== 'string' || !node.range) return undefined;
  const end = node.range[1];
  // Nearly every scalar ends its line: that is seen without looking further.
  if (text[end] === '\n' || text[end] === undefined) return undefined;
  const newline = text.indexOf('\n', end);
  const found = /^[ \t]+(#.*)$/.exec(text.slice(end, newline < 0 ? text.length : newline).trimEnd());
  if (!found || !/^#(?:[^\s#!]|.*\{\{)/.test(found[1]!)) return undefined;
  const pointer = pointerOf();
  if (!isProse(pointer)) return undefined;
  const start = text.indexOf('#', end);
  const whole = text.slice(node.range[0], start + found[1]!.length);
  return {
    rule: 'syntax/comment-cut-text',
    message: `YAML reads this as a comment: the text ends before it`,
    help: 'put the whole text in quotes',
    start,
    end: start + found[1]!.length,
    pointer,
    // Over several lines the quotes would keep line breaks and indentation that plain text folds.
    ...(whole.includes('\n')
      ? {}
      : {
          fix: {
            safe: true,
            edits: [{ start: node.range[0], end: start + found[1]!.length, text: JSON.stringify(whole) }],
          },
        }),
  };
}

function isProse(pointer: string): boolean {
  return /^\/(?:messages\/\d+\/content|name|description|testData\/|examples\/|variants\/|evaluators\/)|^\/(?:tools|variables)\/.*\/description$/.test(
    pointer,
  );
}

/** A whole number too long for a double is read as another one. */
export function lossyNumber(node: Scalar, pointerOf: () => string): SourceProblem | undefined {
  if (typeof node.value !== 'number' || !node.range) return undefined;
  const { source } = node;
  if (source === undefined || !/^[-+]?\d{16,}$/.test(source)) return undefined;
  const read = Number.isFinite(node.value) ? BigInt(node.value) : undefined;
  if (read === BigInt(source)) return undefined;
  const [start, end] = node.range;
  const pointer = pointerOf();
  // A row may hold an order number as text; a seed or a limit in quotes would be no number at all.
  const isValue = /^\/(?:testData|examples)\//.test(pointer);
  return {
    rule: 'syntax/lossy-number',
    message: `${source} has more digits than a number holds: it is read as ${read ?? 'infinity'}`,
    help: isValue ? 'put it in quotes' : 'write a number of at most 15 digits',
    start,
    end,
    pointer,
    ...(isValue ? { fix: { safe: false, edits: [{ start, end, text: JSON.stringify(source) }] } } : {}),
  };
}

export function scalarTraps(text: string, node: Scalar, pointerOf: () => string): SourceProblem[] {
  const found = [
    taggedScalar(text, node, pointerOf),
    cutByComment(text, node, pointerOf),
    lossyNumber(node, pointerOf),
  ];
  return found.some(Boolean) ? found.filter((problem) => problem !== undefined) : NONE;
}

const NONE: SourceProblem[] = [];
