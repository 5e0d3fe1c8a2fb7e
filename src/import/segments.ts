import type { Expr, Segment } from '../runtime/index.ts';

/** Drops empty texts, and makes neighbouring ones one. */
export function joined(segments: readonly Segment[]): readonly Segment[] {
  const out: Segment[] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    if (segment.kind !== 'text') out.push(segment);
    else if (last?.kind === 'text') out[out.length - 1] = { ...last, text: last.text + segment.text };
    else if (segment.text !== '') out.push(segment);
  }
  return out;
}

/** A part of a message that writes a value, with the tests of the blocks that it stands in. */
export interface Printed {
  readonly expr: Expr;
  readonly offset: number;
  readonly tests: readonly Expr[];
  /** Whether it names a picture or the like: then none of it is text. */
  readonly isMedia: boolean;
}

/** What a visitor is told of the expressions in segments, in order. */
export interface Visitor {
  /** `iterated` holds the list of each context from outside, so that a reference to an item leads back to its variable. */
  readonly value?: (printed: Printed, iterated: readonly Expr[]) => void;
  readonly test?: (test: Expr, iterated: readonly Expr[], offset: number) => void;
  readonly each?: (over: Expr, iterated: readonly Expr[], offset: number) => void;
}

export function visit(
  segments: readonly Segment[],
  visitor: Visitor,
  iterated: readonly Expr[] = [],
  tests: readonly Expr[] = [],
): void {
  for (const segment of segments) {
    const offset = segment.origin?.start ?? 0;
    switch (segment.kind) {
      case 'text':
        break;
      case 'value':
        visitor.value?.({ expr: segment.value, offset, tests, isMedia: false }, iterated);
        break;
      case 'media':
        for (const expr of [segment.url, ...(segment.contentType ? [segment.contentType] : [])])
          visitor.value?.({ expr, offset, tests, isMedia: true }, iterated);
        break;
      case 'if':
        visitor.test?.(segment.test, iterated, offset);
        visit(segment.then, visitor, iterated, [...tests, segment.test]);
        visit(segment.else, visitor, iterated, tests);
        break;
      case 'each':
      case 'with': {
        const over = segment.kind === 'each' ? segment.over : segment.value;
        if (segment.kind === 'each') visitor.each?.(over, iterated, offset);
        else visitor.test?.(over, iterated, offset);
        visit(segment.body, visitor, [...iterated, over], tests);
        visit(segment.else, visitor, iterated, tests);
        break;
      }
    }
  }
}

/** The variables that an expression reads. */
export function variablesOf(expr: Expr, iterated: readonly Expr[]): readonly string[] {
  if ('ref' in expr) {
    if (expr.scope === 0) return expr.ref.slice(0, 1);
    const over = iterated[expr.scope - 1];
    return over ? variablesOf(over, iterated) : [];
  }
  if ('op' in expr) return expr.args.flatMap((arg) => variablesOf(arg, iterated));
  // A key of an object is its author's text; an index is not.
  if ('meta' in expr && expr.meta === 'key') return variablesOf(iterated[expr.scope - 1]!, iterated);
  return [];
}
