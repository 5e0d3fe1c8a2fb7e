import type { Expr } from './segments.ts';
import { isTruthy, toJson } from './text.ts';

/** One context of a render: its value and, inside `each`, where the loop stands. */
export interface Frame {
  readonly value: unknown;
  readonly index: number;
  readonly key: string | number;
  readonly last: boolean;
  /** What opened it: the list or the object that it is of, or is itself under `with`. */
  readonly of?: Expr;
  readonly isMember?: boolean;
}

export type Frames = readonly Frame[];

/** What an expression means. Only own properties are ever read, so no value reaches a prototype. */
export function evaluate(expr: Expr, frames: Frames): unknown {
  if ('ref' in expr) {
    let value = frames[expr.scope]!.value;
    for (const name of expr.ref) value = own(value, name);
    return value;
  }
  if ('literal' in expr) return expr.literal;
  if ('meta' in expr) {
    const frame = frames[expr.scope]!;
    switch (expr.meta) {
      case 'index':
        return frame.index;
      case 'key':
        return frame.key;
      case 'first':
        return frame.index === 0;
      case 'last':
        return frame.last;
    }
  }
  return operate(expr.op, expr.args, frames);
}

/** The JSON pointer of what an expression reads, for messages. */
export function pointerOf(expr: Expr, frames: Frames): string {
  if ('ref' in expr) {
    const { of, isMember, key } = frames[expr.scope]!;
    const outer = of === undefined ? '' : pointerOf(of, frames);
    return `${outer}${isMember ? `/${key}` : ''}${expr.ref.map((name) => `/${name}`).join('')}`;
  }
  return 'op' in expr && expr.args[0] ? pointerOf(expr.args[0], frames) : '';
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function operate(op: Extract<Expr, { op: unknown }>['op'], args: readonly Expr[], frames: Frames): unknown {
  switch (op) {
    case 'eq':
      return evaluate(args[0]!, frames) === evaluate(args[1]!, frames);
    case 'ne':
      return evaluate(args[0]!, frames) !== evaluate(args[1]!, frames);
    case 'not':
      return !isTruthy(evaluate(args[0]!, frames));
    case 'and':
      return args.every((arg) => isTruthy(evaluate(arg, frames)));
    case 'or':
      return args.some((arg) => isTruthy(evaluate(arg, frames)));
    case 'json':
      return toJson(evaluate(args[0]!, frames), pointerOf(args[0]!, frames));
  }
}
