/** The inside of one Handlebars tag, before its names mean anything. */
export type Term =
  | { readonly type: 'string' | 'path'; readonly text: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'word'; readonly value: boolean | null | undefined }
  | { readonly type: 'call'; readonly call: Call };

export interface Call {
  /** The head and its arguments, in order. */
  readonly terms: readonly Term[];
  readonly hash: ReadonlyMap<string, Term>;
  /** Names after `as |`. */
  readonly blockParams: boolean;
}

const TOKEN = /\s*(?:([()])|"((?:\\"|[^"])*)"|'((?:\\'|[^'])*)'|(as\s+\|[^|]*\|)|([^\s()=|"']+)(=?))/y;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const WORDS: Readonly<Record<string, boolean | null | undefined>> = {
  true: true,
  false: false,
  null: null,
  undefined: undefined,
};

/** Reads a tag's inside; undefined where it is no expression of Handlebars. */
export function readCall(source: string): Call | undefined {
  const reader = new Reader(source);
  const call = reader.call(0);
  return call && reader.isDone ? call : undefined;
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isDone(): boolean {
    return this.#source.slice(this.#at).trim() === '';
  }

  call(depth: number): Call | undefined {
    if (depth > 20) return undefined;
    const terms: Term[] = [];
    const hash = new Map<string, Term>();
    let blockParams = false;
    for (let token = this.#peek(); token && token[1] !== ')'; token = this.#peek()) {
      this.#at = TOKEN.lastIndex;
      if (token[4]) {
        blockParams = true;
        continue;
      }
      const key = token[6] === '=' ? token[5]! : undefined;
      const term = key === undefined ? this.#term(token, depth) : this.#next(depth);
      if (!term) return undefined;
      if (key === undefined) terms.push(term);
      else hash.set(key, term);
    }
    return { terms, hash, blockParams };
  }

  #peek(): RegExpExecArray | undefined {
    TOKEN.lastIndex = this.#at;
    return TOKEN.exec(this.#source) ?? undefined;
  }

  #next(depth: number): Term | undefined {
    const token = this.#peek();
    if (!token) return undefined;
    this.#at = TOKEN.lastIndex;
    return this.#term(token, depth);
  }

  #term(token: RegExpExecArray, depth: number): Term | undefined {
    if (token[1] === '(') {
      const call = this.call(depth + 1);
      if (!call || this.#peek()?.[1] !== ')') return undefined;
      this.#at = TOKEN.lastIndex;
      return { type: 'call', call };
    }
    if (token[2] !== undefined) return { type: 'string', text: token[2].replaceAll('\\"', '"') };
    if (token[3] !== undefined) return { type: 'string', text: token[3].replaceAll("\\'", "'") };
    const text = token[5];
    if (text === undefined) return undefined;
    if (NUMBER.test(text)) return { type: 'number', value: Number(text) };
    return Object.hasOwn(WORDS, text) ? { type: 'word', value: WORDS[text] } : { type: 'path', text };
  }
}
