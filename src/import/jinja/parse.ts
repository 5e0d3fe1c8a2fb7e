import type { Expr, Segment } from '../../runtime/index.ts';
import { Refusal } from '../refusal.ts';
import { type Loops, readTest, readValue } from './expression.ts';

const TAG =
  /\{\{(-?)((?:"[^"]*"|'[^']*'|[^{}"'])*?)(-?)\}\}|\{%(-?)((?:"[^"]*"|'[^']*'|(?!%\})[^"'])*?)(-?)%\}|\{#(-?)([\s\S]*?)(-?)#\}/g;
const FOR = /^for\s+([A-Za-z_]\w*)\s+in\s+(.+)$/s;

/**
 * Parses a template of Jinja, or of Nunjucks, which agree on what is read here: values, `if`, `elif`, `else`, `for` over a list,
 * comments and `-`. White space around tags stays, as both do by default.
 *
 * @throws Refusal where either would fail, or promptctl has no words for it
 */
export function parseJinja(text: string, offset: number): readonly Segment[] {
  return new Parser(text, offset).parse();
}

interface Open {
  readonly kind: 'if' | 'for';
  readonly offset: number;
  readonly expr: Expr;
  readonly outer: Loops;
  readonly body: Segment[];
  otherwise: Segment[] | undefined;
  readonly isChained: boolean;
}

class Parser {
  readonly #text: string;
  readonly #offset: number;
  readonly #open: Open[] = [];
  readonly #root: Segment[] = [];
  #loops: Loops = [];

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  parse(): readonly Segment[] {
    let at = 0;
    let strips = false;
    for (const found of this.#text.matchAll(TAG)) {
      const [whole, , value, , , statement] = found;
      const stripsBefore = (found[1] ?? found[4] ?? found[7]) === '-';
      this.#pushText(at, found.index, strips, stripsBefore);
      at = found.index + whole.length;
      strips = (found[3] ?? found[6] ?? found[9]) === '-';
      const offset = this.#offset + found.index;
      if (value !== undefined)
        this.#push({
          kind: 'value',
          value: readValue(value, this.#loops, offset),
          trust: 'user',
          origin: originAt(offset),
        });
      else if (statement !== undefined) this.#statement(statement.trim(), offset);
    }
    this.#pushText(at, this.#text.length, strips, false);
    const block = this.#open.at(-1);
    if (block) throw new Refusal(`{% ${block.kind} %} is never closed`, block.offset);
    return this.#root;
  }

  #push(segment: Segment): void {
    const block = this.#open.at(-1);
    (block ? (block.otherwise ?? block.body) : this.#root).push(segment);
  }

  #pushText(from: number, to: number, stripStart: boolean, stripEnd: boolean): void {
    let text = this.#text.slice(from, to);
    const stray = /\{[{%#]/.exec(text);
    if (stray)
      throw new Refusal(
        `\`${stray[0]}\` opens a tag that Jinja can't read, or never closes`,
        this.#offset + from + stray.index,
      );
    if (stripEnd) text = text.trimEnd();
    const start = stripStart ? text.length - text.trimStart().length : 0;
    if (text.length > start)
      this.#push({ kind: 'text', text: text.slice(start), origin: originAt(this.#offset + from + start) });
  }

  #statement(statement: string, offset: number): void {
    const word = /^\w*/.exec(statement)![0];
    const rest = statement.slice(word.length);
    switch (word) {
      case 'if':
        this.#begin('if', readTest(rest, this.#loops, offset), offset, false);
        break;
      case 'elif':
      case 'elseif':
        this.#else(offset);
        this.#begin('if', readTest(rest, this.#loops, offset), offset, true);
        break;
      case 'else':
        this.#else(offset);
        break;
      case 'for': {
        const found = FOR.exec(statement);
        if (!found) throw new Refusal('Only a loop over one name, `for x in list`, has a counterpart', offset);
        this.#begin('for', readValue(found[2]!, this.#loops, offset), offset, false);
        this.#loops = [...this.#loops, found[1]!];
        break;
      }
      case 'endif':
        this.#end('if', offset);
        break;
      case 'endfor':
        this.#end('for', offset);
        break;
      default:
        throw new Refusal(`\`{% ${word} %}\` has no counterpart`, offset);
    }
  }

  #begin(kind: 'if' | 'for', expr: Expr, offset: number, isChained: boolean): void {
    this.#open.push({ kind, offset, expr, outer: this.#loops, body: [], otherwise: undefined, isChained });
  }

  #else(offset: number): void {
    const block = this.#open.at(-1);
    if (!block || block.otherwise) throw new Refusal('`else` stands where no block waits for it', offset);
    block.otherwise = [];
    this.#loops = block.outer;
  }

  #end(kind: 'if' | 'for', offset: number): void {
    for (;;) {
      const block = this.#open.pop();
      if (!block || block.kind !== kind)
        throw new Refusal(`{% end${kind} %} closes no block that is open here`, offset);
      this.#loops = block.outer;
      const { expr, body, otherwise = [] } = block;
      const origin = originAt(block.offset);
      this.#push(
        kind === 'for'
          ? { kind: 'each', over: expr, body, else: otherwise, origin }
          : { kind: 'if', test: expr, then: body, else: otherwise, origin },
      );
      if (!block.isChained) return;
    }
  }
}

function originAt(offset: number): NonNullable<Segment['origin']> {
  return { file: '', start: offset, end: offset };
}
