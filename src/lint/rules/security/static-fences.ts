import type { UntrustedValue } from './untrusted-values.ts';

/** A delimiter before the value, and what closes it. */
const PAIRS: readonly (readonly [open: RegExp, close: (found: RegExpExecArray) => string])[] = [
  // Between the tag and the value there may be a label, or other values with theirs.
  [/<([A-Za-z][\w.-]*)(?: [^<>]*)?>(?:[^<>\uFFFC]{0,60}\uFFFC)*[^<>\uFFFC]{0,60}$/, (found) => `</${found[1]!}>`],
  [/("""|'''|###|---|===|~~~|\*\*\*|<<<<|====)\s*$/, (found) => found[1]!],
  [/(```)[\w-]*\s*$/, (found) => found[1]!],
  [/<<<\s*$/, () => '>>>'],
  [/\[\[\s*$/, () => ']]'],
  [/\[(?:BEGIN|START)[ _]([A-Z ]+)\]\s*$/, (found) => `[END ${found[1]!}]`],
  [/(?:BEGIN|START)[ _]([A-Z ]+)[-= ]*\s*$/, (found) => `END ${found[1]!}`],
  [/(["`])$/, (found) => found[1]!],
  [/“$/, () => '”'],
  [/«$/, () => '»'],
];
/** A label, or other values, between the value and what closes the fence. */
const BETWEEN = /^(?:[^<>\uFFFC]{0,60}\uFFFC)*[^<>\uFFFC]{0,60}$/;

/** The delimiters that stand around a value in the template's own text: the same in every request, so anybody may write the closing one. */
export function staticFence({
  before,
  after,
}: UntrustedValue): { readonly open: string; readonly close: string } | undefined {
  const near = before.slice(-400);
  for (const [open, close] of PAIRS) {
    const found = open.exec(near);
    if (!found) continue;
    const end = close(found);
    const at = after.indexOf(end);
    if (at < 0) continue;
    const isTag = end.startsWith('</');
    const gap = after.slice(0, at);
    if (
      isTag ? BETWEEN.test(gap.slice(0, 400)) && gap.length <= 400 : gap.trim().replace(/^[-= ]+|[-= ]+$/g, '') === ''
    )
      return { open: isTag ? `<${found[1]!}>` : found[0].trim(), close: end };
  }
  return undefined;
}
