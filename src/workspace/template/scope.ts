import { isObject, type JsonValue, member, type Variable } from '../../model/index.ts';
import type { Expr, Trust } from '../../runtime/index.ts';

/** What a name may mean at one place of a template: the context of an `each` or `with`, or the variables at the root. */
export interface Frame {
  /** Schema of the context's value; undefined where nothing is known of it. */
  readonly schema: JsonValue | undefined;
  readonly trust: Trust;
  readonly fenced: boolean;
  /** Dotted path from the variable, for fences. */
  readonly path: string;
  readonly variable: string | undefined;
}

/** What an expression means: its runtime form, and what is known of its value. */
export interface Meaning {
  readonly expr: Expr;
  readonly schema: JsonValue | undefined;
  readonly trust: Trust;
  readonly fenced: boolean;
  readonly path: string;
  /** The variable that it reads; undefined for literals and verdicts. */
  readonly variable: string | undefined;
}

export interface Scope {
  readonly variables: ReadonlyMap<string, Variable>;
  /** Contexts from outside; the first stands for the variables themselves. */
  readonly frames: readonly Frame[];
  /** Arguments of the partial that is being inlined. */
  readonly args: ReadonlyMap<string, Meaning>;
}

export function rootScope(variables: ReadonlyMap<string, Variable>): Scope {
  const frame: Frame = { schema: undefined, trust: 'trusted', fenced: true, path: '', variable: undefined };
  return { variables, frames: [frame], args: new Map() };
}

export function entered(scope: Scope, value: Meaning, schema: JsonValue | undefined): Scope {
  const frame: Frame = { schema, trust: value.trust, fenced: value.fenced, path: value.path, variable: value.variable };
  return { ...scope, frames: [...scope.frames, frame] };
}

export type Step =
  | { readonly schema: JsonValue | undefined }
  | { readonly wrong: string; readonly names?: readonly string[] };

/** One step of a path through what a schema says; unknown where it says nothing. */
export function stepInto(schema: JsonValue | undefined, name: string): Step {
  if (!isObject(schema)) return { schema: undefined };
  const types = typesOf(schema);
  if (types.length > 0 && !types.includes('object') && !types.includes('array')) {
    return { wrong: `is a ${types.join(' or ')}, which has no members` };
  }
  if (types.includes('array') && !types.includes('object')) {
    return { wrong: 'is a list; go through it with {{#each}}' };
  }
  const properties = member(schema, 'properties');
  if (isObject(properties) && Object.hasOwn(properties, name)) return { schema: properties[name] };
  const rest = member(schema, 'additionalProperties');
  if (isObject(rest)) return { schema: rest };
  if (isObject(properties) && rest !== true)
    return { wrong: `has no property \`${name}\``, names: Object.keys(properties) };
  return { schema: undefined };
}

export function declaresProperty(schema: JsonValue | undefined, name: string): boolean {
  const properties = member(schema, 'properties');
  return isObject(properties) && Object.hasOwn(properties, name);
}

/** Whether the context's members are unknown, so that any name may be one of them. */
export function isOpen(schema: JsonValue | undefined): boolean {
  if (!isObject(schema)) return schema !== false;
  const types = typesOf(schema);
  return (types.length === 0 || types.includes('object')) && !isObject(member(schema, 'properties'));
}

export function typesOf(schema: JsonValue | undefined): readonly string[] {
  const type = member(schema, 'type');
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((name): name is string => typeof name === 'string') : [];
}
