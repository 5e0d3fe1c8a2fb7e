import { nearest } from '../../runtime/index.ts';
import type { ExprNode, TemplateError } from './ast.ts';

export const HELPERS: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  json: { min: 1, max: 1 },
  eq: { min: 2, max: 2 },
  ne: { min: 2, max: 2 },
  and: { min: 1, max: Infinity },
  or: { min: 1, max: Infinity },
  not: { min: 1, max: 1 },
};

const META = new Set(['index', 'first', 'last', 'key']);
const MAX_NESTING = 50;

/** Handlebars' identifiers: everything but blanks and its punctuation. */
const NAME = /[^\s!"#%&'()*+,./;<=>@[\\\]^`{|}~]+/y;
const NUMBER = /-?\d+(?:\.\d+)?(?=[\s)]|$)/y;
const STRING = /"((?:\\"|[^"])*)"|'((?:\\'|[^'])*)'/y;

/** Reads the inside of one tag: expressions, and the `key=value` arguments of a partial. Problems are collected, never thrown. */
export class ExpressionReader {
  readonly #source: string;
  readonly #base: number;
  readonly #errors: TemplateError[];
  #at = 0;
  #failed = false;

  constructor(source: string, base: number, errors: TemplateError[]) {
    this.#source = source;
    this.#base = base;
    this.#errors = errors;
  }

  get failed(): boolean {
    return this.#failed;
  }

  skip(length: number): void {
    this.#at += length;
  }

  blank(): void {
    while (/\s/.test(this.#source[this.#at] ?? '')) this.#at++;
  }

  get done(): boolean {
    this.blank();
    return this.#at >= this.#source.length;
  }

  /** Matches a sticky pattern here and moves past it. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (!found) return undefined;
    this.#at += found[0].length;
    return found;
  }

  /** A call without parentheses, as it stands at the head of a tag, or a single operand. */
  head(): ExprNode | undefined {
    const start = this.#at;
    const first = this.operand(0);
    if (first === undefined) return undefined;
    if (this.done) return first;
    if (first.type !== 'path' || first.parts.length !== 1 || first.isThis) {
      this.fail(this.#at, this.#source.length, 'A value takes no arguments', 'write one value between the braces');
      return undefined;
    }
    return this.#call(first.parts[0]!, start, first.end - first.start, 0, () => this.done);
  }

  operand(depth: number): ExprNode | undefined {
    this.blank();
    const start = this.#at;
    if (depth > MAX_NESTING) {
      this.fail(start, start + 1, `Expressions nest at most ${MAX_NESTING} deep`);
      return undefined;
    }
    if (this.#source[start] === '(') return this.#parenthesised(depth);
    const string = this.take(STRING);
    if (string) {
      const value = string[1] === undefined ? string[2]!.replaceAll("\\'", "'") : string[1].replaceAll('\\"', '"');
      return this.#node({ type: 'literal', value }, start);
    }
    const number = this.take(NUMBER);
    if (number) return this.#node({ type: 'literal', value: Number(number[0]) }, start);
    if (this.#source[start] === '@') return this.#meta(start);
    return this.#path(start);
  }

  fail(start: number, end: number, message: string, help?: string, code: TemplateError['code'] = 'parse-error'): void {
    this.#failed = true;
    this.#errors.push({
      code,
      start: this.#base + start,
      end: this.#base + Math.max(end, start + 1),
      message,
      ...(help ? { help } : {}),
    });
  }

  get at(): number {
    return this.#at;
  }

  get length(): number {
    return this.#source.length;
  }

  #parenthesised(depth: number): ExprNode | undefined {
    const start = this.#at++;
    this.blank();
    const name = this.take(NAME);
    if (!name) {
      this.fail(start, this.#at, 'A helper is expected after `(`', `write one of ${Object.keys(HELPERS).join(', ')}`);
      return undefined;
    }
    const closed = (): boolean => {
      this.blank();
      return this.#source[this.#at] === ')' || this.#at >= this.#source.length;
    };
    const call = this.#call(name[0], start + 1, name[0].length, depth + 1, closed);
    if (!call) return undefined;
    if (this.#source[this.#at] !== ')') {
      this.fail(start, this.#at, 'This `(` is never closed', 'close it with )');
      return undefined;
    }
    this.#at++;
    return { ...call, start: this.#base + start, end: this.#base + this.#at };
  }

  #call(name: string, start: number, length: number, depth: number, finished: () => boolean): ExprNode | undefined {
    const arity = Object.hasOwn(HELPERS, name) ? HELPERS[name] : undefined;
    if (!arity) {
      const near = nearest(name, Object.keys(HELPERS));
      const help = near ? `did you mean \`${near}\`?` : `the helpers are ${Object.keys(HELPERS).join(', ')}`;
      this.fail(start, start + length, `\`${name}\` is no helper`, help, 'unknown-helper');
      return undefined;
    }
    const args: ExprNode[] = [];
    while (!finished()) {
      const arg = this.operand(depth + 1);
      if (!arg) return undefined;
      args.push(arg);
    }
    if (args.length < arity.min || args.length > arity.max) {
      const wanted = arity.max === Infinity ? `at least ${arity.min}` : String(arity.min);
      this.fail(
        start,
        this.#at,
        `\`${name}\` takes ${wanted} argument${wanted === '1' || wanted === 'at least 1' ? '' : 's'}, not ${args.length}`,
      );
      return undefined;
    }
    return this.#node({ type: 'call', name, args }, start);
  }

  #meta(start: number): ExprNode | undefined {
    this.#at++;
    const name = this.take(NAME)?.[0] ?? '';
    if (META.has(name)) return this.#node({ type: 'meta', name: name as 'index' }, start);
    const near = nearest(name, META);
    this.fail(
      start,
      this.#at,
      `\`@${name}\` means nothing here`,
      near ? `did you mean \`@${near}\`?` : 'inside each there are @index, @first, @last and @key',
    );
    return undefined;
  }

  #path(start: number): ExprNode | undefined {
    if (this.#source.startsWith('..', start)) {
      this.fail(
        start,
        start + 2,
        '`../` is not part of the template language',
        'a variable is seen from every block by its own name',
      );
      return undefined;
    }
    const first = this.take(NAME);
    if (!first) {
      const found = this.#source[start];
      const message = found === undefined ? 'A value is expected here' : `\`${found}\` is not expected here`;
      this.fail(start, start + 1, message, 'write a variable, as in {{name}}; for literal braces write \\{{');
      return undefined;
    }
    const parts = [first[0]];
    while (this.#source[this.#at] === '.') {
      this.#at++;
      const part = this.take(NAME);
      if (!part) {
        this.fail(start, this.#at, 'A name is expected after `.`');
        return undefined;
      }
      parts.push(part[0]);
    }
    const [word] = parts;
    if (parts.length === 1 && (word === 'true' || word === 'false')) {
      return this.#node({ type: 'literal', value: word === 'true' }, start);
    }
    if (parts.length === 1 && word === 'null') return this.#node({ type: 'literal', value: null }, start);
    const isThis = word === 'this';
    return this.#node({ type: 'path', parts: isThis ? parts.slice(1) : parts, isThis }, start);
  }

  #node<const T extends object>(node: T, start: number): T & { start: number; end: number } {
    return { ...node, start: this.#base + start, end: this.#base + this.#at };
  }
}
