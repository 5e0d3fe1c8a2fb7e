import type { JsonValue, Variable } from '../../model/index.ts';
import { type Expr, mediaPart, type Segment } from '../../runtime/index.ts';
import type { BlockNode, ExprNode, MediaNode, MustacheNode, PartialNode, Span, TemplateNode } from './ast.ts';
import { Meanings, type Place, type ResolveProblem, type VariableRead } from './meanings.ts';
import { entered, type Meaning, rootScope, typesOf } from './scope.ts';

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

class Resolver {
  readonly #names = new Meanings();
  readonly #findPartial: FindPartial;
  #includes = 0;

  constructor(findPartial: FindPartial) {
    this.#findPartial = findPartial;
  }

  get problems(): readonly ResolveProblem[] {
    return this.#names.problems;
  }

  get reads(): readonly VariableRead[] {
    return this.#names.reads;
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
    const meaning = this.#names.of(node.expr, place);
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
    const url = this.#names.of(node.url, place);
    const contentType = node.contentType && this.#names.of(node.contentType, place);
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
    this.#names.problem('template/type-mismatch', message, at, place, 'give it a variable of `type: string`');
  }

  /** What is written out in the template is checked here, for no value will mend it. */
  #checkLiteral(key: string, expr: Expr, at: ExprNode, place: Place): void {
    if (!('literal' in expr)) return;
    try {
      if (key === 'url') mediaPart(expr.literal, undefined, '');
      else mediaPart('https://example.com', expr.literal, '');
    } catch (error) {
      this.#names.problem('template/type-mismatch', (error as Error).message, at, place);
    }
  }

  #block(node: BlockNode, place: Place): Segment[] {
    const arg = this.#names.of(node.arg, place);
    const inverse = this.segments(node.inverse, place);
    if (!arg) return inverse;
    const origin = originOf(node, place);
    switch (node.name) {
      case 'if':
        return [{ kind: 'if', test: arg.expr, then: this.segments(node.body, place), else: inverse, origin }];
      case 'unless':
        return [{ kind: 'if', test: arg.expr, then: inverse, else: this.segments(node.body, place), origin }];
      case 'with': {
        const body = this.#inside(arg, node, place);
        return body ? [{ kind: 'with', value: arg.expr, body, else: inverse, origin }] : inverse;
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
    this.#names.problem(
      'template/type-mismatch',
      message,
      node.arg,
      place,
      'declare it as `type: array`, or write {{#if}}',
    );
  }

  /** The body of a `with`. Members of what has none are told once, where it goes in: `{{this}}` alone is well there. */
  #inside(arg: Meaning, node: BlockNode, place: Place): Segment[] | undefined {
    const { problems } = this.#names;
    const known = problems.length;
    const body = this.segments(node.body, { ...place, scope: entered(place.scope, arg, arg.schema) });
    const types = typesOf(arg.schema);
    const isScalar = types.length > 0 && !types.includes('object') && !types.includes('array');
    if (!isScalar || !problems.slice(known).some(isUnknown)) return body;
    problems.push(...problems.splice(known).filter((problem) => !isUnknown(problem)));
    const message = `{{#with}} goes into an object; \`${arg.path}\` is of type ${types.join(' or ')}`;
    this.#names.problem(
      'template/type-mismatch',
      message,
      node.arg,
      place,
      'declare it as `type: object`, or write {{#if}}',
    );
    return undefined;
  }

  #partial(node: PartialNode, place: Place): Segment[] {
    const chain = [...place.partials, node.name];
    if (place.partials.includes(node.name)) {
      this.#names.problem(
        'template/partial-cycle',
        `The partial \`${node.name}\` includes itself: ${chain.join(' > ')}`,
        node,
        place,
        'take one of these includes out',
      );
      return [];
    }
    if (chain.length > MAX_PARTIAL_DEPTH) {
      this.#names.problem(
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
        this.#names.problem(
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
      this.#names.problem(`template/${found.problem}`, found.message, node, place, found.help);
      return [];
    }
    const args = new Map(place.scope.args);
    for (const { key, value } of node.args) {
      const meaning = this.#names.of(value, place);
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
}

/** A name that is none, and no slip of one. */
function isUnknown({ rule, help }: ResolveProblem): boolean {
  return rule === 'template/undeclared-variable' && help?.startsWith('did you mean') !== true;
}

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
