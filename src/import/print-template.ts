import type { Expr, Segment } from '../runtime/index.ts';
import { Refusal } from './refusal.ts';
import { joined } from './segments.ts';

export interface PrintOptions {
  /** Puts a comment behind every block tag, so that no white space is ever taken from around it: safe, and not pretty. */
  readonly guarded: boolean;
}

/**
 * Writes segments as a template of the strict mode that parses to them again.
 *
 * @throws Refusal where the template language has no words for a segment
 */
export function printTemplate(segments: readonly Segment[], options: PrintOptions = { guarded: false }): string {
  const printer = new Printer(options.guarded);
  printer.print(joined(segments), 0);
  return printer.out;
}

const GUARD = '{{!}}';

class Printer {
  out = '';
  readonly #guarded: boolean;

  constructor(guarded: boolean) {
    this.#guarded = guarded;
  }

  print(segments: readonly Segment[], depth: number): void {
    for (const segment of segments) {
      const place = { depth, offset: segment.origin?.start ?? 0 };
      switch (segment.kind) {
        case 'text':
          this.#text(segment.text);
          break;
        case 'value':
          this.#tag(printHead(segment.value, place));
          break;
        case 'media':
          this.#tag(printMedia(segment, place));
          break;
        case 'if':
          this.#if(segment, depth, place);
          break;
        case 'each':
          this.#body('each', printExpr(segment.over, place), segment, depth);
          break;
        case 'with':
          this.#body('with', printExpr(segment.value, place), segment, depth);
          break;
      }
    }
  }

  #if(segment: Extract<Segment, { kind: 'if' }>, depth: number, place: Place): void {
    const isUnless = segment.then.length === 0 && segment.else.length > 0;
    const name = isUnless ? 'unless' : 'if';
    this.#block(`#${name} ${printExpr(segment.test, place)}`);
    this.print(joined(isUnless ? segment.else : segment.then), depth);
    if (!isUnless) this.#otherwise(segment.else, depth);
    this.#block(`/${name}`);
  }

  #otherwise(otherwise: readonly Segment[], depth: number): void {
    const [only, ...rest] = joined(otherwise);
    if (!only) return;
    if (!this.#guarded && rest.length === 0 && only.kind === 'if' && only.then.length > 0) {
      this.#block(`else if ${printExpr(only.test, { depth, offset: only.origin?.start ?? 0 })}`);
      this.print(joined(only.then), depth);
      this.#otherwise(only.else, depth);
      return;
    }
    this.#block('else');
    this.print([only, ...rest], depth);
  }

  #body(name: string, head: string, segment: Extract<Segment, { kind: 'each' | 'with' }>, depth: number): void {
    this.#block(`#${name} ${head}`);
    this.print(joined(segment.body), depth + 1);
    if (segment.else.length > 0) {
      this.#block('else');
      this.print(joined(segment.else), depth);
    }
    this.#block(`/${name}`);
  }

  /** A block tag that begins a line is given the whole line: Handlebars takes exactly that line break away again. */
  #block(inside: string): void {
    const line = this.out.slice(this.out.lastIndexOf('\n') + 1);
    this.#tag(inside);
    if (this.#guarded || (line !== '' && line.trim() === '')) this.out += GUARD;
    else if (line === '') this.out += '\n';
  }

  #tag(inside: string): void {
    // `{` before a tag would make a third brace, and a backslash would take the tag's meaning away.
    const braces = /\{+$/.exec(this.out)?.[0] ?? '';
    if (braces !== '') this.out = `${this.out.slice(0, -braces.length).replace(/\\$/, '')}{{"${braces}"}}`;
    else if (this.out.endsWith('\\')) this.out += '\\';
    this.out += `{{${inside}}}`;
  }

  #text(text: string): void {
    this.out += text.replace(/(\\*)\{\{/g, (_, slashes: string) =>
      slashes === '' ? '\\{{' : `${slashes}\\${GUARD}\\{{`,
    );
  }
}

interface Place {
  readonly depth: number;
  readonly offset: number;
}

/** An expression at the head of a tag, where a call needs no parentheses. */
function printHead(expr: Expr, place: Place): string {
  return 'op' in expr ? printCall(expr, place) : printExpr(expr, place);
}

function printMedia({ url, contentType }: Extract<Segment, { kind: 'media' }>, place: Place): string {
  const type = contentType === undefined ? '' : ` contentType=${printExpr(contentType, place)}`;
  return `media url=${printExpr(url, place)}${type}`;
}

function printExpr(expr: Expr, place: Place): string {
  if ('op' in expr) return `(${printCall(expr, place)})`;
  if ('literal' in expr)
    return typeof expr.literal === 'string' ? quoted(expr.literal, place.offset) : String(expr.literal);
  if ('meta' in expr) {
    if (expr.scope !== place.depth)
      throw new Refusal(`@${expr.meta} of an outer loop can't be read from an inner one`, place.offset);
    return `@${expr.meta}`;
  }
  if (expr.scope === 0) return expr.ref.join('.');
  if (expr.scope !== place.depth)
    throw new Refusal(
      'A loop inside a loop reads the item of the outer one, which the template language has no name for',
      place.offset,
    );
  return ['this', ...expr.ref].join('.');
}

function printCall(expr: Extract<Expr, { op: unknown }>, place: Place): string {
  return [expr.op, ...expr.args.map((arg) => printExpr(arg, place))].join(' ');
}

function quoted(text: string, offset: number): string {
  if (/[\n\r\\]/.test(text))
    throw new Refusal("A quoted text with a line break or a backslash can't be written", offset);
  return `"${text.replaceAll('"', '\\"')}"`;
}
