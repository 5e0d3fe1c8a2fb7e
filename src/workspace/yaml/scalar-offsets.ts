import type { YamlNode } from './node.ts';

/**
 * For each UTF-16 unit of a scalar's text, its offset in the YAML source. Walks text and source side by side: what the
 * source has beyond the text is indentation, a fold, an escape or a quote.
 */
export function scalarOffsets(source: string, text: string, { start, end, style }: YamlNode): Int32Array {
  const offsets = new Int32Array(text.length);
  switch (style) {
    case 'double':
      alignQuoted(source, start + 1, end, text, offsets, '\\');
      break;
    case 'single':
      alignQuoted(source, start + 1, end, text, offsets, "'");
      break;
    case 'literal':
    case 'folded':
      alignBlock(source, source.indexOf('\n', start) + 1, text, offsets);
      break;
    default:
      alignQuoted(source, start, end, text, offsets, '');
  }
  return offsets;
}

/** Flow scalars: `escape` is a backslash, a doubled quote, or nothing. A run of line breaks and blanks is one fold. */
function alignQuoted(
  source: string,
  start: number,
  end: number,
  text: string,
  offsets: Int32Array,
  escape: string,
): void {
  let at = start;
  let out = 0;
  while (out < text.length && at < end) {
    const fold = foldAt(source, at);
    if (fold > at && /[\r\n]/.test(source.slice(at, fold))) {
      const breaks = source.slice(at, fold).split('\n').length - 1;
      const written = Math.max(1, breaks - 1);
      for (let k = 0; k < written && out < text.length; k++) offsets[out++] = at;
      at = fold;
      continue;
    }
    if (source[at] === '\\' && escape === '\\') {
      const length = escapeLength(source, at);
      if (source[at + 1] === '\n' || source[at + 1] === '\r') {
        at = foldAt(source, at + 1);
        continue;
      }
      const units = source[at + 1] === 'U' && text.codePointAt(out)! > 0xffff ? 2 : 1;
      for (let k = 0; k < units && out < text.length; k++) offsets[out++] = at;
      at += length;
      continue;
    }
    offsets[out++] = at;
    at += escape === "'" && source[at] === "'" ? 2 : 1;
  }
  while (out < text.length) offsets[out++] = Math.max(start, end - 1);
}

/** Past blanks, breaks and the indentation after them, where a line break is among them; else where it began. */
function foldAt(source: string, at: number): number {
  let end = at;
  while (/[ \t\r\n]/.test(source[end] ?? '')) end++;
  return end;
}

function escapeLength(source: string, at: number): number {
  switch (source[at + 1]) {
    case 'x':
      return 4;
    case 'u':
      return 6;
    case 'U':
      return 10;
    default:
      return 2;
  }
}

/** Block scalars: each line's indentation is skipped; a folded break shows as a space. */
function alignBlock(source: string, start: number, text: string, offsets: Int32Array): void {
  const indent = blockIndent(source, start, text);
  let at = lineStart(source, start, indent);
  for (let out = 0; out < text.length; out++) {
    const unit = text[out];
    if (unit === '\n' || (unit === ' ' && isBreak(source, at))) {
      if (source[at] === '\r') at++;
      offsets[out] = at;
      at = lineStart(source, at + 1, indent);
      if (unit === ' ') continue;
      // A folded scalar writes n breaks for n + 1 line ends: one that shows no text of its own is passed over.
      if (text[out + 1] !== '\n' && isBreak(source, at) && text[out + 1] !== undefined)
        at = lineStart(source, at + 1, indent);
      continue;
    }
    while (at < source.length && isBreak(source, at)) at = lineStart(source, source.indexOf('\n', at) + 1, indent);
    offsets[out] = at++;
  }
}

function isBreak(source: string, at: number): boolean {
  return source[at] === '\n' || (source[at] === '\r' && source[at + 1] === '\n');
}

/** Told by the first line that has text: what it is indented by in the source beyond its blanks in the text, whatever the header says. */
function blockIndent(source: string, start: number, text: string): number {
  return leadingBlanks(source.slice(start)) - leadingBlanks(text);
}

/** Of the first line that has text. */
function leadingBlanks(lines: string): number {
  return /^( *)[^\S\n]*\S/m.exec(lines)?.[1]!.length ?? 0;
}

function lineStart(source: string, at: number, indent: number): number {
  let end = at;
  while (end < at + indent && source[end] === ' ') end++;
  return end;
}
