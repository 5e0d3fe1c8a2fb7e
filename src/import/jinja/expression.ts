import type { Expr } from '../../runtime/index.ts';
import { Refusal } from '../refusal.ts';

/** The names that loops give, innermost last: the item of loop n is the context of depth n + 1. */
export type Loops = readonly string[];

const TOKEN =
  /\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(==|!=|>=|<=|[>|.()[\]<]))/y;
const WORDS: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
  null: null,
};
const META: Readonly<Record<string, 'index' | 'first' | 'last'>> = { index0: 'index', first: 'first', last: 'last' };

type Token = { readonly kind: 'text' | 'number' | 'name' | 'mark'; readonly text: string };

/** A value that is written out. @throws Refusal where promptctl has no words for it */
export function readValue(source: string, loops: Loops, offset: number): Expr {
  const reader = new Reader(source, loops, offset);
  const value = reader.primary();
  if (reader.peek()?.text === '|') throw reader.refusal(`The filter \`${reader.filterName()}\` has no counterpart`);
  reader.finish();
  return value;
}

/** A test of an `if`: names, comparisons with `==` and `!=`, `and`, `or`, `not`, and whether a length is over 0. */
export function readTest(source: string, loops: Loops, offset: number): Expr {
  const reader = new Reader(source, loops, offset);
  const test = reader.or();
  reader.finish();
  return test;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #loops: Loops;
  readonly #offset: number;
  readonly #source: string;
  #at = 0;

  constructor(source: string, loops: Loops, offset: number) {
    this.#source = source.trim();
    this.#loops = loops;
    this.#offset = offset;
    this.#tokens = this.#scan();
  }

  refusal(reason: string): Refusal {
    return new Refusal(reason, this.#offset);
  }

  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  filterName(): string {
    return this.peek(1)?.text ?? '';
  }

  finish(): void {
    const left = this.peek();
    if (left)
      throw this.refusal(
        `\`${this.#source}\` is more than the template language has words for, from \`${left.text}\` on`,
      );
  }

  or(): Expr {
    const args = [this.#and()];
    while (this.#takes('or')) args.push(this.#and());
    return args.length === 1 ? args[0]! : { op: 'or', args };
  }

  #and(): Expr {
    const args = [this.#not()];
    while (this.#takes('and')) args.push(this.#not());
    return args.length === 1 ? args[0]! : { op: 'and', args };
  }

  #not(): Expr {
    return this.#takes('not') ? { op: 'not', args: [this.#not()] } : this.#comparison();
  }

  #comparison(): Expr {
    if (this.#takes('(')) {
      const inner = this.or();
      this.#expect(')');
      return inner;
    }
    const left = this.primary();
    if (this.#takes('|')) return this.#length(left);
    const mark = this.peek()?.text;
    if (mark !== '==' && mark !== '!=') return left;
    this.#at++;
    return { op: mark === '==' ? 'eq' : 'ne', args: [left, this.primary()] };
  }

  /** `x|length > 0` asks whether there is something in x: so does its truth. */
  #length(value: Expr): Expr {
    if (!this.#takes('length')) throw this.refusal(`The filter \`${this.peek()?.text ?? ''}\` has no counterpart`);
    const mark = this.peek()?.text;
    if (mark === undefined || mark === 'and' || mark === 'or' || mark === ')') return value;
    const bound = this.peek(1)?.text;
    this.#at += 2;
    if (((mark === '>' || mark === '!=') && bound === '0') || (mark === '>=' && bound === '1')) return value;
    if (mark === '==' && bound === '0') return { op: 'not', args: [value] };
    throw this.refusal('A length can only be compared with 0: the template language has no numbers of items');
  }

  primary(): Expr {
    const token = this.peek();
    if (!token) throw this.refusal('A value is expected here');
    this.#at++;
    if (token.kind === 'text') return { literal: token.text };
    if (token.kind === 'number') return { literal: Number(token.text) };
    if (token.kind !== 'name') throw this.refusal(`\`${token.text}\` is not expected here`);
    if (Object.hasOwn(WORDS, token.text)) return { literal: WORDS[token.text]! };
    const parts = [token.text];
    for (;;) {
      if (this.#takes('.')) parts.push(this.#name());
      else if (this.peek()?.text === '[' && this.peek(1)?.kind === 'text') {
        parts.push(this.peek(1)!.text);
        this.#at += 2;
        this.#expect(']');
      } else break;
    }
    if (this.peek()?.text === '(' || this.peek()?.text === '[')
      throw this.refusal(`\`${this.#source}\` calls or counts, which the template language has no words for`);
    return this.#reference(parts);
  }

  #reference(parts: readonly string[]): Expr {
    const [first, ...rest] = parts;
    if (first === 'loop' && this.#loops.length > 0) {
      const meta = rest.length === 1 && Object.hasOwn(META, rest[0]!) ? META[rest[0]!] : undefined;
      if (!meta) throw this.refusal(`\`${parts.join('.')}\` has no counterpart`);
      return { meta, scope: this.#loops.length };
    }
    const loop = this.#loops.lastIndexOf(first!);
    return loop >= 0 ? { ref: rest, scope: loop + 1 } : { ref: parts, scope: 0 };
  }

  #name(): string {
    const token = this.peek();
    if (token?.kind !== 'name') throw this.refusal('A name is expected after `.`');
    this.#at++;
    return token.text;
  }

  #takes(text: string): boolean {
    const token = this.peek();
    if (token?.text !== text || token.kind === 'text') return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw this.refusal(`\`${text}\` is expected in \`${this.#source}\``);
  }

  #scan(): Token[] {
    const tokens: Token[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < this.#source.length) {
      const at = TOKEN.lastIndex;
      const found = TOKEN.exec(this.#source);
      if (!found) throw this.refusal(`\`${this.#source.slice(at)}\` is no expression that promptctl has words for`);
      const [, double, single, number, name, mark] = found;
      const text = double ?? single;
      if (text !== undefined) tokens.push({ kind: 'text', text: text.replace(/\\(.)/g, '$1') });
      else if (number !== undefined) tokens.push({ kind: 'number', text: number });
      else if (name !== undefined) tokens.push({ kind: 'name', text: name });
      else tokens.push({ kind: 'mark', text: mark! });
    }
    return tokens;
  }
}
