import type { YamlScalar } from './node.ts';

/** The scalars of common YAML, and how its reader gives up. */

/** Thrown and caught in the reader: it has no stack, for none is read. */
export const NOT_COMMON: unique symbol = Symbol('not common YAML');

export function decline(): never {
  // oxlint-disable-next-line no-throw-literal, only-throw-error
  throw NOT_COMMON;
}

export const NEWLINE = 10;
export const SPACE = 32;
export const QUOTE = 34;
export const APOSTROPHE = 39;
const BACKSLASH = 92;

export interface CommonText {
  readonly node: YamlScalar & { readonly value: string };
  readonly value: string;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\', '/': '/', r: '\r' };

/** In quotes, on one line, with the escapes of JSON. */
export function readQuoted(text: string, start: number): CommonText {
  const quote = text.charCodeAt(start);
  let value = '';
  let from = start + 1;
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === NEWLINE || Number.isNaN(code)) decline();
    if (code === BACKSLASH && quote === QUOTE) {
      value += text.slice(from, at);
      const escape = text[++at]!;
      if (escape === 'u') {
        const hex = text.slice(at + 1, at + 5);
        if (!/^[\da-f]{4}$/i.test(hex)) decline();
        value += String.fromCharCode(Number.parseInt(hex, 16));
        at += 4;
      } else value += ESCAPES[escape] ?? decline();
      from = at + 1;
    } else if (code === quote) {
      value += text.slice(from, at);
      if (quote !== APOSTROPHE || text.charCodeAt(at + 1) !== APOSTROPHE) {
        const style = quote === QUOTE ? 'double' : 'single';
        return { node: { kind: 'scalar', start, end: at + 1, style, value, source: undefined }, value };
      }
      value += "'";
      from = ++at + 1;
    }
  }
}

/** A literal block whose header stands here, under an entry that stands in this column. */
export function readLiteral(text: string, start: number, column: number): CommonText {
  let at = start + 1;
  const isStripped = text[at] === '-';
  if (isStripped) at++;
  if (text.charCodeAt(at) !== NEWLINE) decline();
  const indent = literalIndent(text, ++at, column);
  let value = '';
  let blank = '';
  let end = at;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) decline();
    let first = at;
    while (first < newline && first < at + indent && text.charCodeAt(first) === SPACE) first++;
    if (first === newline) blank += '\n';
    else if (first < at + indent) {
      if (first - at > column) decline();
      break;
    } else {
      value += blank + text.slice(first, newline + 1);
      blank = '';
      end = newline + 1;
    }
    at = newline + 1;
  }
  if (isStripped) value = value.slice(0, -1);
  return { node: { kind: 'scalar', start, end, style: 'literal', value, source: undefined }, value };
}

/** Of the first line that says something. Blanks before it that are wider make it no common block. */
function literalIndent(text: string, start: number, column: number): number {
  let widest = 0;
  for (let at = start; at < text.length;) {
    let first = at;
    while (text.charCodeAt(first) === SPACE) first++;
    if (first >= text.length) decline();
    const indent = first - at;
    if (text.charCodeAt(first) !== NEWLINE) return indent > column && widest <= indent ? indent : decline();
    widest = Math.max(widest, indent);
    at = first + 1;
  }
  return decline();
}

/** What plain text may begin with: letters, digits, and signs that mean nothing to YAML. */
const PLAIN_START = /^(?:[\p{L}\p{N}_$./+(<=^~;\\]|-[^ ])/u;

/** Whether a line's rest is plain text, all of it but a comment. */
export function isPlain(rest: string): boolean {
  return PLAIN_START.test(rest) && !rest.includes(': ') && !rest.endsWith(':');
}

/** Read as a number by the core schema; its other spellings of numbers are left to the library. */
const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const MAYBE_SPECIAL = /^(?:[-+.\d]|~$|null$|true$|false$)/i;
/** Of the core schema (YAML 1.2.2, 10.3.2), beyond NUMBER, and a little more. */
const SPECIAL =
  /^(?:~|null|true|false|[-+]?(?:0o[0-7]+|0x[\da-f]+|\.inf|\.nan|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?))$/i;

/** Plain text on one line: what it says, and as what. */
export function plainScalar(
  source: string,
  start: number,
): { readonly node: YamlScalar; readonly value: string | number | boolean | null } {
  const value = MAYBE_SPECIAL.test(source) ? special(source) : source;
  const written = typeof value === 'string' ? undefined : source;
  return { node: { kind: 'scalar', start, end: start + source.length, style: 'plain', value, source: written }, value };
}

function special(source: string): string | number | boolean | null {
  if (source === 'true') return true;
  if (source === 'false') return false;
  if (source === 'null') return null;
  if (NUMBER.test(source)) return Number(source);
  return SPECIAL.test(source) ? decline() : source;
}
