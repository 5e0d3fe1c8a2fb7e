import type { Segment } from '../../runtime/index.ts';
import type { VariableRead } from './meanings.ts';

/** GitHub's placeholder: two braces around a bare name. Whatever else stands between braces is text. */
const PLACEHOLDER = /\{\{([\w.-]+)\}\}/g;

/** Reads a github-mode template: placeholders replaced once, by their whole name, and nothing else. */
export function githubTemplate(text: string, file: string): { segments: Segment[]; reads: VariableRead[] } {
  const segments: Segment[] = [];
  const reads: VariableRead[] = [];
  let at = 0;
  for (const found of text.matchAll(PLACEHOLDER)) {
    const start = found.index;
    const end = start + found[0].length;
    if (start > at)
      segments.push({ kind: 'text', text: text.slice(at, start), origin: { file, start: at, end: start } });
    const name = found[1]!;
    segments.push({ kind: 'value', value: { ref: [name], scope: 0 }, trust: 'user', origin: { file, start, end } });
    reads.push({ variable: name, file, start, end });
    at = end;
  }
  if (at < text.length)
    segments.push({ kind: 'text', text: text.slice(at), origin: { file, start: at, end: text.length } });
  return { segments, reads };
}
