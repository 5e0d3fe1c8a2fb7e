import type { JsonValue } from '../../model/index.ts';
import { type Expr, nearest, type Operator, type Trust } from '../../runtime/index.ts';
import type { ExprNode, Span } from './ast.ts';
import { declaresProperty, isOpen, type Meaning, type Scope, stepInto } from './scope.ts';

/** A problem found while names were given their meaning. `file` is the partial it stands in, or the prompt file. */
export interface ResolveProblem extends Span {
  readonly rule: string;
  readonly message: string;
  readonly help?: string;
  readonly file: string;
}

export interface VariableRead extends Span {
  readonly variable: string;
  readonly file: string;
}

/** Where a tag of a template stands. */
export interface Place {
  readonly file: string;
  readonly scope: Scope;
  /** The partials being inlined, outermost first. */
  readonly partials: readonly string[];
  /** Blanks that a standing-alone partial puts before its further lines. */
  readonly indent: string;
  /** The outermost include that led here, in the prompt's own template. */
  readonly include: (Span & { readonly file: string }) | undefined;
}

/** Problems that come of what the includer declares or includes, not of the partial's own text: they stand at its include. */
const OF_INCLUDER = new Set(['template/undeclared-variable', 'template/type-mismatch', 'template/partial-cycle']);

/** Gives the names in expressions their meaning, and keeps what they read and what is wrong with them. */
export class Meanings {
  readonly problems: ResolveProblem[] = [];
  readonly reads: VariableRead[] = [];

  /** Undefined where it has none, which is then a problem. */
  of(node: ExprNode, place: Place): Meaning | undefined {
    switch (node.type) {
      case 'literal':
        return { ...VERDICT, expr: { literal: node.value } };
      case 'meta':
        return this.#meta(node, place);
      case 'call':
        return this.#call(node, place);
      case 'path':
        return this.#path(node, place);
    }
  }

  #meta(node: Extract<ExprNode, { type: 'meta' }>, place: Place): Meaning | undefined {
    const scope = place.scope.frames.length - 1;
    const frame = place.scope.frames[scope]!;
    if (scope === 0) {
      this.problem(
        'template/parse-error',
        `\`@${node.name}\` means nothing outside {{#each}}`,
        node,
        place,
        'use it inside {{#each list}}',
      );
      return undefined;
    }
    const expr: Expr = { meta: node.name, scope };
    // A key of an object is as trustworthy as the object: it may be anybody's text.
    return node.name === 'key' ? { ...VERDICT, ...frame, schema: undefined, expr } : { ...VERDICT, expr };
  }

  #call(node: Extract<ExprNode, { type: 'call' }>, place: Place): Meaning | undefined {
    const args = node.args.map((arg) => this.of(arg, place));
    if (args.some((arg) => arg === undefined)) return undefined;
    const known = args as Meaning[];
    const expr: Expr = { op: node.name as Operator, args: known.map((arg) => arg.expr) };
    return node.name === 'json' ? { ...known[0]!, schema: { type: 'string' }, expr } : { ...VERDICT, expr };
  }

  #path(node: Extract<ExprNode, { type: 'path' }>, place: Place): Meaning | undefined {
    const { scope } = place;
    const [first] = node.parts;
    if (node.isThis) {
      const depth = scope.frames.length - 1;
      if (depth === 0) {
        this.problem(
          'template/parse-error',
          '`this` means nothing outside {{#each}} and {{#with}}',
          node,
          place,
          'name a variable',
        );
        return undefined;
      }
      return this.#into(this.#frameMeaning(depth, place), node.parts, node, place);
    }
    const depth = scope.frames.findLastIndex((frame, at) => at > 0 && declaresProperty(frame.schema, first!));
    if (depth > 0) return this.#into(this.#frameMeaning(depth, place), node.parts, node, place);
    const arg = scope.args.get(first!);
    if (arg) return this.#argument(arg, node, place);
    const variable = scope.variables.get(first!);
    if (variable) {
      this.reads.push({ variable: variable.name, file: place.file, start: node.start, end: node.end });
      const root: Meaning = {
        expr: { ref: [first!], scope: 0 },
        schema: variable.schema,
        trust: variable.trust,
        fenced: variable.fenced,
        path: first!,
        variable: first,
      };
      return this.#into(root, node.parts.slice(1), node, place);
    }
    const innermost = scope.frames.length - 1;
    if (innermost > 0 && isOpen(scope.frames[innermost]!.schema)) {
      return this.#into(this.#frameMeaning(innermost, place), node.parts, node, place);
    }
    this.#undeclared(first!, node, place);
    return undefined;
  }

  #argument(arg: Meaning, node: Extract<ExprNode, { type: 'path' }>, place: Place): Meaning | undefined {
    if (node.parts.length === 1) return arg;
    if ('ref' in arg.expr) return this.#into(arg, node.parts.slice(1), node, place);
    this.problem('template/type-mismatch', `The argument \`${node.parts[0]}\` has no members`, node, place);
    return undefined;
  }

  #undeclared(name: string, node: Span, place: Place): void {
    const names = [...place.scope.variables.keys(), ...place.scope.args.keys()];
    const near = nearest(name, names);
    const help = near
      ? `did you mean \`${near}\`? Else declare it under \`variables:\``
      : `declare \`${name}\` under \`variables:\``;
    this.problem('template/undeclared-variable', `\`${name}\` is not declared`, node, place, help);
  }

  #frameMeaning(depth: number, place: Place): Meaning {
    const frame = place.scope.frames[depth]!;
    return { ...frame, expr: { ref: [], scope: depth } };
  }

  #into(from: Meaning, parts: readonly string[], node: Span, place: Place): Meaning | undefined {
    let { schema, path } = from;
    for (const part of parts) {
      const step = stepInto(schema, part);
      if ('wrong' in step) {
        const near = step.names && nearest(part, step.names);
        const rule = step.names ? 'template/undeclared-variable' : 'template/type-mismatch';
        const help = near
          ? `did you mean \`${near}\`?`
          : step.names?.length
            ? `it has ${step.names.join(', ')}`
            : undefined;
        this.problem(rule, `\`${path}\` ${step.wrong}`, node, place, help);
        return undefined;
      }
      schema = step.schema;
      path = path ? `${path}.${part}` : part;
    }
    const { ref, scope } = from.expr as Extract<Expr, { ref: unknown }>;
    return { ...from, expr: { ref: [...ref, ...parts], scope }, schema, path };
  }

  problem(rule: string, message: string, at: Span, place: Place, help?: string): void {
    const { include } = place;
    const { file, start, end } = include && OF_INCLUDER.has(rule) ? include : { file: place.file, ...at };
    const where = file === place.file ? '' : ` (in ${place.file})`;
    this.problems.push({ rule, message: message + where, file, start, end, ...(help ? { help } : {}) });
  }
}

const VERDICT = {
  schema: undefined as JsonValue | undefined,
  trust: 'trusted' as Trust,
  fenced: true,
  path: '',
  variable: undefined,
};
