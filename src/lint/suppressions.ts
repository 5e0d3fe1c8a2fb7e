import { nearest } from '../runtime/index.ts';
import type { YamlFile } from '../workspace/index.ts';

/** A comment that quiets a rule: for the whole file, or for the node on the line below. */
export interface Suppression {
  readonly rule: string;
  /** Lines it covers, from 1, both ends included. */
  readonly from: number;
  readonly to: number;
  /** Offsets of the comment. */
  readonly start: number;
  readonly end: number;
  readonly problem?: string;
}

const MARK = 'promptctl-disable';
const COMMENT = /^([ \t]*)#[ \t]*promptctl-disable(-next-line)?[ \t]+([^\r\n]*)/gm;

/** Reads the suppressions of a file; text inside a scalar that looks like one is text. */
export function suppressionsOf(yaml: YamlFile, ruleIds: ReadonlySet<string>): readonly Suppression[] {
  if (!yaml.text.includes(MARK)) return [];
  const inText = scalarRanges(yaml);
  const head = yaml.firstKey().start.offset;
  const suppressions: Suppression[] = [];
  for (const found of yaml.text.matchAll(COMMENT)) {
    const start = found.index + found[1]!.length;
    if (inText.some(([from, to]) => start >= from && start < to)) continue;
    const nextLine = found[2] !== undefined;
    const [ids = '', reason = ''] = found[3]!.split(/\s--\s/, 2);
    const line = yaml.range(start, start).start.line;
    const [from, to] = nextLine ? coveredLines(yaml.text, line + 1) : [1, Infinity];
    for (const rule of ids
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean)) {
      const problem = problemOf(rule, reason, nextLine || start < head, ruleIds);
      suppressions.push({ rule, from, to, start, end: found.index + found[0].length, ...(problem ? { problem } : {}) });
    }
  }
  return suppressions;
}

function problemOf(rule: string, reason: string, inPlace: boolean, ruleIds: ReadonlySet<string>): string | undefined {
  if (!ruleIds.has(rule)) {
    const near = nearest(rule, ruleIds);
    return `There is no rule \`${rule}\`${near ? `; did you mean \`${near}\`?` : ''}`;
  }
  if (!inPlace) return 'A suppression of the whole file stands before its first key';
  return reason.trim() === '' ? `Say why \`${rule}\` is quieted: -- reason` : undefined;
}

/** The line below, and all of the block scalar that it opens. */
function coveredLines(text: string, line: number): [number, number] {
  const lines = text.split('\n');
  const first = lines[line - 1] ?? '';
  if (!/[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?\r?$/.test(first)) return [line, line];
  const indent = /^ */.exec(first)![0].length;
  let last = line;
  while (last < lines.length && (lines[last]!.trim() === '' || /^ */.exec(lines[last]!)![0].length > indent)) last++;
  return [line, last];
}

function scalarRanges(yaml: YamlFile): [number, number][] {
  return [...yaml.scalars()].map(({ start, end }) => [start, end]);
}
