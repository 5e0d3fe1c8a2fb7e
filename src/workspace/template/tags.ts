import type { Span, TemplateError } from './ast.ts';

/** A template cut at its braces. Text is already free of the white space that Handlebars takes from around tags. */
export type Piece = TextPiece | TagPiece;

export interface TextPiece extends Span {
  readonly type: 'text';
  readonly text: string;
}

export interface TagPiece extends Span {
  readonly type: 'tag';
  /** What stands between the braces, without `~`. */
  readonly source: string;
  /** Offset of `source` in the template. */
  readonly at: number;
  readonly stripBefore: boolean;
  readonly stripAfter: boolean;
  /** The blanks before the tag when it stands alone on its line. */
  readonly indent: string | undefined;
}

interface RawText extends Span {
  readonly type: 'text';
  readonly original: string;
  text: string;
}

/** Cuts a template into text and tags, and applies Handlebars' white-space rules: `~`, and block lines that stand alone. */
export function cut(text: string): { pieces: Piece[]; errors: TemplateError[] } {
  const errors: TemplateError[] = [];
  const raw = scan(text, errors);
  const chainEnds = firstChainEnds(raw);
  const alone = raw.map((piece, at) => (piece.type === 'tag' ? standsAlone(raw, at, chainEnds.get(at) ?? at) : false));
  const pieces = raw.map((piece, at) => {
    if (piece.type === 'text') return piece;
    const before = raw[at - 1];
    const after = raw[at + 1];
    let indent: string | undefined;
    if (alone[at]) {
      indent = before?.type === 'text' ? /[ \t]*$/.exec(before.original)![0] : '';
      if (takesItsLine(piece)) {
        if (before?.type === 'text' && !chainEnds.has(at)) before.text = before.text.replace(/[ \t]+$/, '');
        if (after?.type === 'text') after.text = after.text.replace(/^[ \t]*\r?\n?/, '');
      }
    }
    return { ...piece, indent };
  });
  for (const [at, piece] of raw.entries()) {
    if (piece.type === 'text') continue;
    const before = raw[at - 1];
    const after = raw[at + 1];
    if (piece.stripBefore && before?.type === 'text') before.text = before.text.replace(/\s+$/, '');
    if (piece.stripAfter && after?.type === 'text') after.text = after.text.replace(/^\s+/, '');
  }
  return { pieces: pieces.filter((piece) => piece.type === 'tag' || piece.text !== ''), errors };
}

/** Blocks, their ends, `else` and comments take their line with them; a value or a partial leaves its line as it is. */
function takesItsLine(tag: { source: string }): boolean {
  return /^(?:[#/!^]|else\b)/.test(tag.source);
}

type Raw = readonly (RawText | Omit<TagPiece, 'indent'>)[];

/**
 * For the end of each block with an `else if`, the tag that ends its first one. Handlebars looks there, not at the end itself, to
 * see whether the end stands alone, and then leaves the blanks before it in place.
 */
function firstChainEnds(raw: Raw): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { chained: boolean; firstEnd: number | undefined }[] = [];
  for (const [at, piece] of raw.entries()) {
    if (piece.type === 'text') continue;
    const source = piece.source.trimStart();
    const block = open.at(-1);
    if (source.startsWith('#')) open.push({ chained: false, firstEnd: undefined });
    else if (block && /^(?:else\b|\/)/.test(source)) {
      if (block.chained) block.firstEnd ??= at;
      if (/^else\s+\S/.test(source)) block.chained = true;
      if (source.startsWith('/')) {
        open.pop();
        if (block.firstEnd !== undefined) ends.set(at, block.firstEnd);
      }
    }
  }
  return ends;
}

/** Whether a tag has its line for itself; `edge` is the tag whose front is looked at, mostly its own. */
function standsAlone(raw: Raw, at: number, edge: number): boolean {
  const tag = raw[at]!;
  if (tag.type !== 'tag' || !(takesItsLine(tag) || tag.source.startsWith('>'))) return false;
  const before = raw[edge - 1];
  const after = raw[at + 1];
  const first = at <= 1;
  const last = at >= raw.length - 2;
  const clearBefore =
    before === undefined ||
    (before.type === 'text' && (first ? /(?:^|\r?\n)\s*?$/ : /\r?\n\s*?$/).test(before.original));
  const clearAfter =
    after === undefined || (after.type === 'text' && (last ? /^\s*?(?:\r?\n|$)/ : /^\s*?\r?\n/).test(after.original));
  return clearBefore && clearAfter;
}

function scan(text: string, errors: TemplateError[]): (RawText | Omit<TagPiece, 'indent'>)[] {
  const raw: (RawText | Omit<TagPiece, 'indent'>)[] = [];
  const pushText = (start: number, end: number, value: string): void => {
    if (value === '') return;
    const previous = raw.at(-1);
    if (previous?.type === 'text')
      raw[raw.length - 1] = {
        type: 'text',
        start: previous.start,
        end,
        original: previous.original + value,
        text: previous.original + value,
      };
    else raw.push({ type: 'text', start, end, original: value, text: value });
  };
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) {
      pushText(at, text.length, text.slice(at));
      break;
    }
    const slashes = text[open - 1] === '\\' && open > at ? (text[open - 2] === '\\' && open - 1 > at ? 2 : 1) : 0;
    if (slashes === 1) {
      // \{{ writes the braces as they are, up to the next tag.
      const next = nextTag(text, open + 2);
      pushText(at, open, text.slice(at, open - 1));
      pushText(open, next, text.slice(open, next));
      at = next;
      continue;
    }
    pushText(at, open, text.slice(at, slashes === 2 ? open - 1 : open));
    const tag = scanTag(text, open, errors);
    if (tag === undefined) {
      pushText(open, open + 2, text.slice(open, open + 2));
      at = open + 2;
      continue;
    }
    raw.push(tag);
    at = tag.end;
  }
  return raw;
}

function nextTag(text: string, from: number): number {
  const next = text.indexOf('{{', from);
  if (next < 0) return text.length;
  if (text[next - 1] !== '\\' || next - 1 < from) return next;
  return text[next - 2] === '\\' && next - 2 >= from ? next - 2 : next - 1;
}

function scanTag(text: string, open: number, errors: TemplateError[]): Omit<TagPiece, 'indent'> | undefined {
  const stripBefore = text[open + 2] === '~';
  const at = open + (stripBefore ? 3 : 2);
  if (text.startsWith('!', at)) return scanComment(text, open, at, stripBefore, errors);
  if (text[open + 2] === '{') {
    const triple = text.startsWith('{{{{', open) ? '{{{{' : '{{{';
    const close = text.indexOf('}}', open);
    errors.push({
      code: 'parse-error',
      start: open,
      end: close < 0 ? open + triple.length : close + 2,
      message: `\`${triple}\` is not part of the template language`,
      help: 'write {{name}}: nothing is escaped here; for literal braces write \\{{',
    });
    return undefined;
  }
  const close = closeOf(text, at);
  if (close < 0) {
    errors.push({
      code: 'parse-error',
      start: open,
      end: open + 2,
      message: 'This `{{` is never closed',
      help: 'close it with }}, or write \\{{ for literal braces',
    });
    return undefined;
  }
  const stripAfter = text[close - 1] === '~' && close - 1 >= at;
  const source = text.slice(at, stripAfter ? close - 1 : close);
  return { type: 'tag', start: open, end: close + 2, source, at, stripBefore, stripAfter };
}

/** The `}}` that closes a tag: outside its strings, and before any `{{`. */
function closeOf(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const unit = text[at]!;
    if (quote) {
      if (unit === '\\' && text[at + 1] === quote) at++;
      else if (unit === quote) quote = '';
      else if (unit === '\n') return -1;
    } else if (unit === '"' || unit === "'") quote = unit;
    else if (unit === '}' && text[at + 1] === '}') return at;
    else if (unit === '{' && text[at + 1] === '{') return -1;
  }
  return -1;
}

function scanComment(
  text: string,
  open: number,
  at: number,
  stripBefore: boolean,
  errors: TemplateError[],
): Omit<TagPiece, 'indent'> | undefined {
  const long = text.startsWith('!--', at);
  const close = long ? /--~?\}\}/g : /~?\}\}/g;
  close.lastIndex = at + (long ? 3 : 1);
  const found = close.exec(text);
  if (!found) {
    const help = long ? 'close it with --}}' : 'close it with }}';
    errors.push({ code: 'parse-error', start: open, end: open + 3, message: 'This comment is never closed', help });
    return undefined;
  }
  return {
    type: 'tag',
    start: open,
    end: found.index + found[0].length,
    source: '!',
    at,
    stripBefore,
    stripAfter: found[0].includes('~'),
  };
}
