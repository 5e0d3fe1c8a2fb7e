import type { JsonValue, Variable } from '../../model/index.ts';
import { type Expr, mediaPart, nearest, type Operator, type Segment, type Trust } from '../../runtime/index.ts';
import type { BlockNode, ExprNode, MediaNode, MustacheNode, PartialNode, Span, TemplateNode } from './ast.ts';
import { declaresProperty, entered, isOpen, type Meaning, rootScope, type Scope, stepInto, typesOf } from './scope.ts';

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

/** How a partial is found: its parsed text, or why there is none. */
export type FindPartial = (name: string) => FoundPartial;

export type FoundPartial =
  | { readonly file: string; readonly nodes: readonly TemplateNode[] }
  | { readonly problem: 'partial-missing' | 'partial-outside-root'; readonly message: string; readonly help?: string };

export interface Resolved {
  readonly segments: readonly Segment[];
  readonly problems: readonly ResolveProblem[];
  readonly reads: readonly VariableRead[];
}

const MAX_PARTIAL_DEPTH = 32;
/** Partials that each include the next one twice would unfold to billions. */
const MAX_INCLUDES = 1000;

/** Gives a parsed template its meaning: names become references with types and trust, partials are inlined. */
export function resolveTemplate(
  nodes: readonly TemplateNode[],
  file: string,
  variables: ReadonlyMap<string, Variable>,
  findPartial: FindPartial,
): Resolved {
  const resolver = new Resolver(findPartial);
  const place: Place = { file, scope: rootScope(variables), partials: [], indent: '', include: undefined };
  const segments = resolver.segments(nodes, place);
  return { segments: merged(segments), problems: resolver.problems, reads: resolver.reads };
}

interface Place {
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

class Resolver {
  readonly problems: ResolveProblem[] = [];
  readonly reads: VariableRead[] = [];
  readonly #findPartial: FindPartial;
  #includes = 0;

  constructor(findPartial: FindPartial) {
    this.#findPartial = findPartial;
  }

  segments(nodes: readonly TemplateNode[], place: Place): Segment[] {
    return nodes.flatMap((node): Segment[] => {
      switch (node.type) {
        case 'text': {
          const text = place.indent ? node.text.replaceAll('\n', `\n${place.indent}`) : node.text;
          return [{ kind: 'text', text, origin: originOf(node, place) }];
        }
        case 'mustache':
          return this.#value(node, place);
        case 'media':
          return this.#media(node, place);
        case 'block':
          return this.#block(node, place);
        case 'partial':
          return this.#partial(node, place);
      }
    });
  }

  #value(node: MustacheNode, place: Place): Segment[] {
    const meaning = this.#meaning(node.expr, place);
    if (!meaning) return [];
    return [
      {
        kind: 'value',
        value: meaning.expr,
        trust: meaning.trust,
        ...fenceName(meaning),
        origin: originOf(node, place),
      },
    ];
  }

  #media(node: MediaNode, place: Place): Segment[] {
    const url = this.#meaning(node.url, place);
    const contentType = node.contentType && this.#meaning(node.contentType, place);
    if (!url || (node.contentType && !contentType)) return [];
    for (const [key, meaning, at] of [
      ['url', url, node.url],
      ['contentType', contentType, node.contentType],
    ] as const)
      if (meaning && at) this.#expectText(key, meaning, at, place);
    const origin = originOf(node, place);
    const type = contentType ? { contentType: contentType.expr } : {};
    const trust = url.trust === 'trusted' ? (contentType?.trust ?? url.trust) : url.trust;
    return [{ kind: 'media', url: url.expr, ...type, trust, origin }];
  }

  #expectText(key: string, meaning: Meaning, at: ExprNode, place: Place): void {
    const types = 'op' in meaning.expr && meaning.expr.op !== 'json' ? ['boolean'] : typesOf(meaning.schema);
    const isText =
      'literal' in meaning.expr
        ? typeof meaning.expr.literal === 'string'
        : types.length === 0 || types.includes('string');
    if (isText) {
      this.#checkLiteral(key, meaning.expr, at, place);
      return;
    }
    const message = `The ${key} of {{media}} is a string${meaning.path ? `; \`${meaning.path}\` is of type ${types.join(' or ')}` : ''}`;
    this.#problem('template/type-mismatch', message, at, place, 'give it a variable of `type: string`');
  }

  /** What is written out in the template is checked here, for no value will mend it. */
  #checkLiteral(key: string, expr: Expr, at: ExprNode, place: Place): void {
    if (!('literal' in expr)) return;
    try {
      if (key === 'url') mediaPart(expr.literal, undefined, '');
      else mediaPart('https://example.com', expr.literal, '');
    } catch (error) {
      this.#problem('template/type-mismatch', (error as Error).message, at, place);
    }
  }

  #block(node: BlockNode, place: Place): Segment[] {
    const arg = this.#meaning(node.arg, place);
    const inverse = this.segments(node.inverse, place);
    if (!arg) return inverse;
    const origin = originOf(node, place);
    switch (node.name) {
      case 'if':
        return [{ kind: 'if', test: arg.expr, then: this.segments(node.body, place), else: inverse, origin }];
      case 'unless':
        return [{ kind: 'if', test: arg.expr, then: inverse, else: this.segments(node.body, place), origin }];
      case 'with': {
        const isObject = this.#expectObject(arg, node, place);
        const body = this.segments(node.body, {
          ...place,
          scope: entered(place.scope, arg, isObject ? arg.schema : undefined),
        });
        return isObject ? [{ kind: 'with', value: arg.expr, body, else: inverse, origin }] : inverse;
      }
      case 'each': {
        this.#expectList(arg, node, place);
        const body = this.segments(node.body, { ...place, scope: entered(place.scope, arg, itemSchema(arg.schema)) });
        return [{ kind: 'each', over: arg.expr, body, else: inverse, origin }];
      }
    }
  }

  #expectList(arg: Meaning, node: BlockNode, place: Place): void {
    const types = typesOf(arg.schema);
    if (types.length === 0 || types.includes('array') || types.includes('object')) return;
    const message = `{{#each}} goes through a list or an object; \`${arg.path}\` is a ${types.join(' or ')}`;
    this.#problem('template/type-mismatch', message, node.arg, place, 'declare it as `type: array`, or write {{#if}}');
  }

  #expectObject(arg: Meaning, node: BlockNode, place: Place): boolean {
    const types = typesOf(arg.schema);
    if (types.length === 0 || types.includes('object') || types.includes('array')) return true;
    const message = `{{#with}} goes into an object; \`${arg.path}\` is of type ${types.join(' or ')}`;
    this.#problem('template/type-mismatch', message, node.arg, place, 'declare it as `type: object`, or write {{#if}}');
    return false;
  }

  #partial(node: PartialNode, place: Place): Segment[] {
    const chain = [...place.partials, node.name];
    if (place.partials.includes(node.name)) {
      this.#problem(
        'template/partial-cycle',
        `The partial \`${node.name}\` includes itself: ${chain.join(' > ')}`,
        node,
        place,
        'take one of these includes out',
      );
      return [];
    }
    if (chain.length > MAX_PARTIAL_DEPTH) {
      this.#problem(
        'template/partial-cycle',
        `Partials nest at most ${MAX_PARTIAL_DEPTH} deep`,
        node,
        place,
        'inline one of them',
      );
      return [];
    }
    if (this.#includes >= MAX_INCLUDES) {
      if (this.#includes++ === MAX_INCLUDES)
        this.#problem(
          'template/partial-cycle',
          `The partials of this message unfold to more than ${MAX_INCLUDES} includes`,
          node,
          place,
          'include fewer of them',
        );
      return [];
    }
    this.#includes++;
    const found = this.#findPartial(node.name);
    if ('problem' in found) {
      this.#problem(`template/${found.problem}`, found.message, node, place, found.help);
      return [];
    }
    const args = new Map(place.scope.args);
    for (const { key, value } of node.args) {
      const meaning = this.#meaning(value, place);
      if (meaning) args.set(key, meaning);
    }
    return this.segments(found.nodes, {
      file: found.file,
      scope: { ...place.scope, args },
      partials: chain,
      indent: place.indent + node.indent,
      include: place.include ?? { file: place.file, start: node.start, end: node.end },
    });
  }

  #meaning(node: ExprNode, place: Place): Meaning | undefined {
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
      this.#problem(
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
    const args = node.args.map((arg) => this.#meaning(arg, place));
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
        this.#problem(
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
    this.#problem('template/type-mismatch', `The argument \`${node.parts[0]}\` has no members`, node, place);
    return undefined;
  }

  #undeclared(name: string, node: Span, place: Place): void {
    const names = [...place.scope.variables.keys(), ...place.scope.args.keys()];
    const near = nearest(name, names);
    const help = near
      ? `did you mean \`${near}\`? Else declare it under \`variables:\``
      : `declare \`${name}\` under \`variables:\``;
    this.#problem('template/undeclared-variable', `\`${name}\` is not declared`, node, place, help);
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
        this.#problem(rule, `\`${path}\` ${step.wrong}`, node, place, help);
        return undefined;
      }
      schema = step.schema;
      path = path ? `${path}.${part}` : part;
    }
    const { ref, scope } = from.expr as Extract<Expr, { ref: unknown }>;
    return { ...from, expr: { ref: [...ref, ...parts], scope }, schema, path };
  }

  #problem(rule: string, message: string, at: Span, place: Place, help?: string): void {
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

function fenceName(meaning: Meaning): { fence?: string } {
  return meaning.trust !== 'trusted' && meaning.fenced ? { fence: meaning.path } : {};
}

function itemSchema(schema: JsonValue | undefined): JsonValue | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return undefined;
  const types = typesOf(schema);
  const from = types.includes('object') && !types.includes('array') ? 'additionalProperties' : 'items';
  const items = (schema as { [key: string]: JsonValue })[from];
  return typeof items === 'object' && items !== null && !Array.isArray(items) ? items : undefined;
}

function originOf(span: Span, place: Place): { file: string; start: number; end: number } {
  return { file: place.file, start: span.start, end: span.end };
}

/** Drops empty texts. Neighbours of one file stay apart, so that each keeps its origin. */
function merged(segments: readonly Segment[]): Segment[] {
  return segments.filter((segment) => segment.kind !== 'text' || segment.text !== '');
}
