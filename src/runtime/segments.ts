/** Who wrote a value. Everything but `trusted` is data: it is fenced, and kept out of instructions. */
export type Trust = 'trusted' | 'user' | 'retrieved' | 'tool' | 'model';

/** Where a segment was written: a file and UTF-16 offsets into it. Only the toolchain sets it; bundles leave it out. */
export interface Origin {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * An expression of the template language. `scope` counts the contexts from outside: 0 is the prompt's variables,
 * 1 the item of the outermost `each` or `with`, and so on, so that a reference means the same wherever a partial is inlined.
 */
export type Expr =
  | { readonly ref: readonly string[]; readonly scope: number }
  | { readonly meta: 'index' | 'first' | 'last' | 'key'; readonly scope: number }
  | { readonly literal: string | number | boolean | null }
  | { readonly op: Operator; readonly args: readonly Expr[] };

export type Operator = 'eq' | 'ne' | 'and' | 'or' | 'not' | 'json';

/** A template, parsed. Rendering is a walk of these; no value is ever parsed. */
export type Segment = TextSegment | ValueSegment | MediaSegment | IfSegment | EachSegment | WithSegment;

export interface TextSegment {
  readonly kind: 'text';
  readonly text: string;
  readonly origin?: Origin;
}

/** Whether any segment is so, also inside of blocks. */
export function someSegment(segments: readonly Segment[], test: (segment: Segment) => boolean): boolean {
  return segments.some((segment) => {
    switch (segment.kind) {
      case 'if':
        return someSegment(segment.then, test) || someSegment(segment.else, test);
      case 'each':
      case 'with':
        return someSegment(segment.body, test) || someSegment(segment.else, test);
      default:
        return test(segment);
    }
  });
}

/** Writes a value. `fence` names the fence that an untrusted value stands in; absent where none is needed. */
export interface ValueSegment {
  readonly kind: 'value';
  readonly value: Expr;
  readonly trust: Trust;
  readonly fence?: string;
  readonly origin?: Origin;
}

/** A picture, a recording or a file, where the value names it: a part of the message by itself. */
export interface MediaSegment {
  readonly kind: 'media';
  readonly url: Expr;
  readonly contentType?: Expr;
  readonly trust: Trust;
  readonly origin?: Origin;
}

export interface IfSegment {
  readonly kind: 'if';
  readonly test: Expr;
  readonly then: readonly Segment[];
  readonly else: readonly Segment[];
  readonly origin?: Origin;
}

/** Repeats `body` for each member of a list or an object; `else` when there is none. */
export interface EachSegment {
  readonly kind: 'each';
  readonly over: Expr;
  readonly body: readonly Segment[];
  readonly else: readonly Segment[];
  readonly origin?: Origin;
}

/** Renders `body` with `value` as the context; `else` when it is false. */
export interface WithSegment {
  readonly kind: 'with';
  readonly value: Expr;
  readonly body: readonly Segment[];
  readonly else: readonly Segment[];
  readonly origin?: Origin;
}
