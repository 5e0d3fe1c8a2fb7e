import type { Expr, Segment } from '../../runtime/index.ts';
import { cut, type TagPiece } from '../../workspace/index.ts';
import { Refusal } from '../refusal.ts';
import { type Call, readCall } from './expression.ts';
import { callOf, meaningOf, ROOT, type Scope } from './scope.ts';

/** A dotprompt template, parsed: segments, and between them the marks that begin a message. */
export type Part =
  | Segment
  | { readonly kind: 'role'; readonly role: string; readonly offset: number }
  | { readonly kind: 'history'; readonly offset: number };

/** The text of a partial by its name; undefined where there is none. */
export type FindPartialText = (name: string) => string | undefined;

const BLOCKS = new Set(['if', 'unless', 'each', 'with', 'ifEquals', 'unlessEquals']);
const MAX_PARTIALS = 32;

/**
 * Parses a template as dotprompt's Handlebars does: its helpers and no others, no escaping, partials put in where they are named.
 *
 * @throws Refusal where Handlebars or dotprompt would throw, or where promptctl has no words for it
 */
export function parseHandlebars(text: string, offset: number, findPartial: FindPartialText): readonly Part[] {
  return new Parser(text, findPartial, (at) => offset + at, []).parse(ROOT);
}

interface Open {
  readonly name: string;
  readonly offset: number;
  readonly make: (body: readonly Segment[], otherwise: readonly Segment[]) => Segment;
  readonly outer: Scope;
  readonly body: Part[];
  otherwise: Part[] | undefined;
  readonly isChained: boolean;
}

class Parser {
  readonly #text: string;
  readonly #findPartial: FindPartialText;
  /** In a partial every place is that of its include. */
  readonly #place: (at: number) => number;
  readonly #partials: readonly string[];
  readonly #open: Open[] = [];
  readonly #root: Part[] = [];
  #scope: Scope = ROOT;
  /** A partial that has its line for itself takes the line break behind it. */
  #dropsBreak = false;

  constructor(text: string, findPartial: FindPartialText, place: (at: number) => number, partials: readonly string[]) {
    this.#text = text;
    this.#findPartial = findPartial;
    this.#place = place;
    this.#partials = partials;
  }

  parse(scope: Scope): readonly Part[] {
    this.#scope = scope;
    // `{{{x}}}` and `{{&x}}` switch escaping off, which dotprompt never has on: made plain, place for place.
    const plain = this.#text
      .replace(/(?<![\\{])\{\{\{(?!\{)([^{}]*)\}\}\}/g, '{{ $1 }}')
      .replace(/(?<![\\{])\{\{(~?)&/g, '{{$1 ');
    const { pieces, errors } = cut(plain);
    const [error] = errors;
    if (error) throw new Refusal(`Handlebars can't read the template: ${error.message}`, this.#place(error.start));
    for (const piece of pieces) {
      if (piece.type === 'tag') {
        this.#tag(piece);
        continue;
      }
      const text = this.#dropsBreak ? piece.text.replace(/^[ \t]*\r?\n?/, '') : piece.text;
      this.#dropsBreak = false;
      this.#into.push({ kind: 'text', text, origin: this.#origin(piece.start) });
    }
    const block = this.#open.at(-1);
    if (block) throw new Refusal(`{{#${block.name}}} is never closed`, block.offset);
    return this.#root;
  }

  get #into(): Part[] {
    const block = this.#open.at(-1);
    return block ? (block.otherwise ?? block.body) : this.#root;
  }

  #origin(at: number): { file: string; start: number; end: number } {
    const start = this.#place(at);
    return { file: '', start, end: start };
  }

  #tag(tag: TagPiece): void {
    this.#dropsBreak = false;
    const source = tag.source.trim();
    const offset = this.#place(tag.start);
    if (source.startsWith('!')) return;
    if (source.startsWith('#>') || source.startsWith('#*') || source.startsWith('*'))
      throw new Refusal('Decorators and blocks of partials have no counterpart', offset);
    if (source.startsWith('#')) this.#begin(this.#call(source.slice(1), offset), offset, false);
    else if (source.startsWith('/')) this.#end(source.slice(1).trim(), offset);
    else if (source.startsWith('>')) this.#partial(this.#call(source.slice(1), offset), tag, offset);
    else if (source === 'else' || source === '^') this.#else(offset);
    else if (/^else\s/.test(source)) {
      this.#else(offset);
      this.#begin(this.#call(source.slice(5), offset), offset, true);
    } else if (source.startsWith('^')) throw new Refusal('An inverse block `{{^name}}` has no counterpart', offset);
    else this.#mustache(this.#call(source, offset), offset);
  }

  #call(source: string, offset: number): Call {
    const call = readCall(source);
    if (!call || call.terms.length === 0) throw new Refusal("Handlebars can't read this tag", offset);
    if (call.blockParams) throw new Refusal('`as |name|` has no counterpart', offset);
    return call;
  }

  #mustache(call: Call, offset: number): void {
    const [head, ...args] = call.terms;
    const name = head?.type === 'path' ? head.text : undefined;
    const isCall = args.length > 0 || call.hash.size > 0;
    if (name === 'role' && args.length === 1 && args[0]!.type === 'string') {
      this.#into.push({ kind: 'role', role: args[0]!.text, offset });
    } else if (name === 'role')
      throw new Refusal("A role that is computed can't be carried over: a value never becomes a role", offset);
    else if (name === 'history') this.#into.push({ kind: 'history', offset });
    else if (name === 'media') this.#into.push(this.#media(call, offset));
    else if (name === 'section')
      throw new Refusal('`section` leaves a part for later; a message of promptctl is text', offset);
    else if (name === 'log' || name === 'lookup' || (name !== undefined && BLOCKS.has(name)))
      throw new Refusal(`\`${name}\` has no counterpart as a value`, offset);
    else if (name !== undefined && isCall && name !== 'json')
      throw new Refusal(
        `\`${name}\` is no helper of dotprompt: the application's code would have to define it`,
        offset,
      );
    else {
      if (name === undefined) throw new Refusal('A literal at the head of a tag has no counterpart', offset);
      const value = isCall ? callOf(call, this.#scope, offset) : meaningOf(head!, this.#scope, offset);
      this.#into.push({ kind: 'value', value, trust: 'user', origin: { file: '', start: offset, end: offset } });
    }
  }

  #media({ terms, hash }: Call, offset: number): Segment {
    const { url, contentType, ...others } = Object.fromEntries(
      [...hash].map(([key, term]) => [key, meaningOf(term, this.#scope, offset)]),
    );
    if (!url || terms.length > 1 || Object.keys(others).length > 0)
      throw new Refusal('`media` is carried over with `url` and `contentType`, and nothing else', offset);
    const type = contentType ? { contentType } : {};
    return { kind: 'media', url, ...type, trust: 'user', origin: { file: '', start: offset, end: offset } };
  }

  #begin(call: Call, offset: number, isChained: boolean): void {
    const [head, ...args] = call.terms;
    const name = head?.type === 'path' ? head.text : '';
    if (!BLOCKS.has(name)) throw new Refusal(`\`#${name}\` is no block helper of dotprompt that promptctl has`, offset);
    const wanted = name.endsWith('Equals') ? 2 : 1;
    if (args.length !== wanted || call.hash.size > 0)
      throw new Refusal(
        `\`#${name}\` is carried over with ${wanted} argument${wanted > 1 ? 's' : ''} and no options`,
        offset,
      );
    const [first, second] = args.map((arg) => meaningOf(arg, this.#scope, offset));
    const origin = { file: '', start: offset, end: offset };
    this.#open.push({
      name,
      offset,
      make: (body, otherwise) => blockOf(name, first!, second, body, otherwise, origin),
      outer: this.#scope,
      body: [],
      otherwise: undefined,
      isChained,
    });
    if (name === 'each' || name === 'with') this.#scope = { ...this.#scope, depth: this.#scope.depth + 1 };
  }

  #else(offset: number): void {
    const block = this.#open.at(-1);
    if (!block || block.otherwise) throw new Refusal('{{else}} stands where no block waits for it', offset);
    block.otherwise = [];
    this.#scope = block.outer;
  }

  #end(name: string, offset: number): void {
    while (true) {
      const block = this.#open.pop();
      if (!block || (!block.isChained && block.name !== name))
        throw new Refusal(`{{/${name}}} closes no block that is open here`, offset);
      this.#scope = block.outer;
      this.#into.push(block.make(segmentsOnly(block.body), segmentsOnly(block.otherwise ?? [])));
      if (!block.isChained) return;
    }
  }

  #partial(call: Call, tag: TagPiece, offset: number): void {
    const [head, ...rest] = call.terms;
    const name = head?.type === 'path' || head?.type === 'string' ? head.text : undefined;
    if (name === undefined) throw new Refusal('A partial that is computed has no counterpart', offset);
    if (rest.length > 0)
      throw new Refusal('A partial with a context of its own has no counterpart; name its values as key=value', offset);
    if (this.#partials.includes(name) || this.#partials.length >= MAX_PARTIALS)
      throw new Refusal(`The partial \`${name}\` includes itself`, offset);
    const text = this.#findPartial(name);
    if (text === undefined)
      throw new Refusal(`There is no partial \`${name}\`: dotprompt looks for _${name}.prompt`, offset);
    const given = new Map([...call.hash].map(([key, term]) => [key, meaningOf(term, this.#scope, offset)]));
    const args = new Map([...(this.#scope.depth === this.#scope.base ? this.#scope.args : []), ...given]);
    const parser = new Parser(text, this.#findPartial, () => offset, [...this.#partials, name]);
    const parts = parser.parse({ depth: this.#scope.depth, base: this.#scope.depth, args });
    if (tag.indent)
      throw new Refusal(`The partial \`${name}\` is indented, and Handlebars would indent every line of it`, offset);
    this.#dropsBreak = tag.indent !== undefined;
    this.#into.push(...parts);
  }
}

/** A message that only sometimes is there can't be written down. */
function segmentsOnly(parts: readonly Part[]): readonly Segment[] {
  return parts.map((part) => {
    if (part.kind === 'role' || part.kind === 'history')
      throw new Refusal(
        'A role or the history inside a block makes a message that comes and goes; messages of promptctl are fixed',
        part.offset,
      );
    return part;
  });
}

function blockOf(
  name: string,
  first: Expr,
  second: Expr | undefined,
  body: readonly Segment[],
  otherwise: readonly Segment[],
  origin: NonNullable<Segment['origin']>,
): Segment {
  switch (name) {
    case 'each':
      return { kind: 'each', over: first, body, else: otherwise, origin };
    case 'with':
      return { kind: 'with', value: first, body, else: otherwise, origin };
    case 'unless':
      return { kind: 'if', test: first, then: otherwise, else: body, origin };
    case 'ifEquals':
      return { kind: 'if', test: { op: 'eq', args: [first, second!] }, then: body, else: otherwise, origin };
    case 'unlessEquals':
      return { kind: 'if', test: { op: 'ne', args: [first, second!] }, then: body, else: otherwise, origin };
    default:
      return { kind: 'if', test: first, then: body, else: otherwise, origin };
  }
}
