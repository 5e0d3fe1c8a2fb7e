import type { Expr } from '../../runtime/index.ts';
import { Refusal } from '../refusal.ts';
import type { Call, Term } from './expression.ts';

/** Where a tag stands: how many contexts deep, and what a partial was called with. */
export interface Scope {
  readonly depth: number;
  /** The depth that the partial began at; its arguments stand before the names of that context. */
  readonly base: number;
  readonly args: ReadonlyMap<string, Expr>;
}

export const ROOT: Scope = { depth: 0, base: 0, args: new Map() };

const META = new Set(['index', 'first', 'last', 'key']);
const NAMES = /^[^\s!"#%&'()*+,./;<=>@[\\\]^`{|}~]+$/;

/** What a term of Handlebars means in promptctl's words. @throws Refusal where it has none */
export function meaningOf(term: Term, scope: Scope, offset: number): Expr {
  switch (term.type) {
    case 'string':
      return { literal: term.text };
    case 'number':
      return { literal: term.value };
    case 'word':
      if (term.value === undefined) throw new Refusal('`undefined` is no value here', offset);
      return { literal: term.value };
    case 'path':
      return pathOf(term.text, scope, offset);
    case 'call':
      return callOf(term.call, scope, offset);
  }
}

/** `json` is the one helper of dotprompt that gives a value. */
export function callOf(call: Call, scope: Scope, offset: number): Expr {
  const [head, ...args] = call.terms;
  if (head?.type === 'path' && head.text === 'json' && args.length === 1) {
    const indent = call.hash.get('indent');
    if (call.hash.size > (indent ? 1 : 0)) throw new Refusal('`json` takes no such option', offset);
    if (indent && !(indent.type === 'number' && indent.value === 0))
      throw new Refusal('`json` with an indent has no counterpart: promptctl writes JSON without spaces', offset);
    return { op: 'json', args: [meaningOf(args[0]!, scope, offset)] };
  }
  throw new Refusal(`\`${head?.type === 'path' ? head.text : 'this'}\` is no helper that promptctl has`, offset);
}

function pathOf(path: string, scope: Scope, offset: number): Expr {
  if (path.startsWith('@')) return metaOf(path.slice(1), scope, offset);
  let { depth } = scope;
  let rest = path;
  for (; rest.startsWith('../') || rest === '..'; rest = rest.slice(3)) depth--;
  if (depth < scope.base) throw new Refusal(`\`${path}\` leads out of every context`, offset);
  const isThis = /^(?:this|\.)(?:[./]|$)/.test(rest) || rest === '';
  const parts = rest
    .replace(/^(?:this|\.)(?:[./]|$)/, '')
    .split(/[./]/)
    .filter(Boolean);
  if (!parts.every((part) => NAMES.test(part)))
    throw new Refusal(`\`${path}\` is a path that promptctl has no words for`, offset);
  const argument = depth === scope.base && !isThis ? scope.args.get(parts[0]!) : undefined;
  if (argument) return into(argument, parts.slice(1), path, offset);
  if (depth === 0 && parts.length === 0) throw new Refusal(`\`${path}\` means all variables at once`, offset);
  return { ref: parts, scope: depth };
}

function metaOf(path: string, scope: Scope, offset: number): Expr {
  const parts = path.split(/[./]/);
  if (parts[0] === 'root' && parts.length > 1) return { ref: parts.slice(1), scope: 0 };
  if (META.has(path)) {
    if (scope.depth === 0) throw new Refusal(`\`@${path}\` means nothing outside a loop`, offset);
    return { meta: path as 'index', scope: scope.depth };
  }
  if (!parts.every((part) => NAMES.test(part)) || parts[0] === 'metadata')
    throw new Refusal(`\`@${path}\` has no counterpart`, offset);
  // What the application hands over as `context`, such as `@state.name` or `@auth.email`.
  return { ref: parts, scope: 0 };
}

function into(argument: Expr, parts: readonly string[], path: string, offset: number): Expr {
  if (parts.length === 0) return argument;
  if ('ref' in argument) return { ref: [...argument.ref, ...parts], scope: argument.scope };
  throw new Refusal(`\`${path}\`: what the partial is given has no members`, offset);
}
