import { isObject, type JsonValue, member, type Prompt, type Variable } from '../../model/index.ts';
import type { Expr, Segment } from '../../runtime/index.ts';
import { type Count, NUMBER_TOKENS, schemaBound } from './schema-bound.ts';

/** The longest a template can get: its own text with the longer branches taken, and what its values may add. */
export interface WorstCase {
  readonly text: string;
  /** Tokens that values may add, and text repeated too often to be written out. */
  readonly extra: number;
  /** The most that each bounded variable adds, over all its places. */
  readonly bounds: ReadonlyMap<string, number>;
  /** Variables that nothing bounds. */
  readonly unbounded: ReadonlySet<string>;
  /** Of `extra`, what media add. */
  readonly media: number;
}

/** Stands among the unbounded names for a medium whose address is written out in the template. */
const WRITTEN = '{{media}}';

const SAMPLE_NONCE = '0123456789abcdef';
const MAX_WRITTEN = 20_000;

/** One frame: the variable that a context belongs to, and the schema of its value. */
interface Frame {
  readonly variable: string | undefined;
  readonly schema: JsonValue | undefined;
  /** Its values lie within the maxTokens of the variable, which the loop over it has added. */
  readonly isCounted?: boolean;
}

/** Works out the worst case of one message's segments. */
export function worstCase(segments: readonly Segment[], prompt: Prompt, count: Count): WorstCase {
  const walker = new Walker(prompt.variables, count);
  const { text, extra } = walker.walk(segments, [{ variable: undefined, schema: undefined }]);
  return { text, extra, bounds: walker.bounds, unbounded: walker.unbounded, media: walker.media };
}

class Walker {
  readonly bounds = new Map<string, number>();
  readonly unbounded = new Set<string>();
  /** Tokens that media may add, which an example of the message adds again. */
  media = 0;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #count: Count;
  /** How often the part being walked is repeated by the lists around it. */
  #times = 1;

  constructor(variables: ReadonlyMap<string, Variable>, count: Count) {
    this.#variables = variables;
    this.#count = count;
  }

  walk(segments: readonly Segment[], frames: readonly Frame[]): { text: string; extra: number } {
    let text = '';
    let extra = 0;
    for (const segment of segments) {
      const part = this.#part(segment, frames);
      text += part.text;
      extra += part.extra;
    }
    return { text, extra };
  }

  #part(segment: Segment, frames: readonly Frame[]): { text: string; extra: number } {
    switch (segment.kind) {
      case 'text':
        return { text: segment.text, extra: 0 };
      case 'value': {
        const fence =
          segment.fence === undefined
            ? ''
            : `<data-${SAMPLE_NONCE} name="${segment.fence}">\n\n</data-${SAMPLE_NONCE}>`;
        return { text: fence, extra: this.#valueBound(segment.value, frames) };
      }
      case 'media':
        return { text: '', extra: this.#mediaBound(segment.url, frames) };
      case 'if':
        return this.#longer(this.walk(segment.then, frames), this.walk(segment.else, frames));
      case 'with':
        return this.#longer(
          this.walk(segment.body, [...frames, this.#target(segment.value, frames)]),
          this.walk(segment.else, frames),
        );
      case 'each': {
        const over = this.#target(segment.over, frames);
        const total = over.isCounted === true ? undefined : this.#declaredBound(segment.over);
        const item: Frame = {
          variable: over.variable,
          schema: this.#memberSchema(over.schema),
          // A loop over what is no list never runs, and is told elsewhere.
          isCounted: over.isCounted === true || total !== undefined || isScalar(over.schema),
        };
        if (total !== undefined) this.#addBound(over.variable!, total);
        const most = this.#mostMembers(over);
        this.#times *= most;
        const body = this.walk(segment.body, [...frames, item]);
        this.#times /= most;
        const repeated = this.#repeated(body, most);
        return this.#longer({ ...repeated, extra: repeated.extra + (total ?? 0) }, this.walk(segment.else, frames));
      }
    }
  }

  /** The schema of what a loop goes through: of an object with named members, that of the longest. */
  #memberSchema(schema: JsonValue | undefined): JsonValue | undefined {
    const own = member(schema, 'items') ?? member(schema, 'additionalProperties');
    const properties = member(schema, 'properties');
    if (isObject(own) || !isObject(properties)) return own;
    const size = (one: JsonValue): number => schemaBound(one, this.#count) ?? Infinity;
    return Object.values(properties).reduce((longest, one) => (size(one) > size(longest) ? one : longest), {
      type: 'null',
    });
  }

  /** How many members a list can have; one that nothing bounds is noted, and its body counted once. */
  #mostMembers(over: Frame): number {
    const most = member(over.schema, 'maxItems') ?? member(over.schema, 'maxProperties');
    if (typeof most === 'number' && most > 0) return most;
    const properties = member(over.schema, 'properties');
    if (isObject(properties) && member(over.schema, 'additionalProperties') === false)
      return Object.keys(properties).length;
    if (!isScalar(over.schema) && over.variable !== undefined) this.unbounded.add(over.variable);
    return 1;
  }

  #repeated(body: { text: string; extra: number }, most: number): { text: string; extra: number } {
    if (body.text.length * most <= MAX_WRITTEN) return { text: body.text.repeat(most), extra: body.extra * most };
    return { text: '', extra: (this.#count(body.text) + body.extra) * most };
  }

  #longer(a: { text: string; extra: number }, b: { text: string; extra: number }): { text: string; extra: number } {
    const size = (part: { text: string; extra: number }): number =>
      (part.text === '' ? 0 : this.#count(part.text)) + part.extra;
    return size(b) > size(a) ? b : a;
  }

  #valueBound(expr: Expr, frames: readonly Frame[]): number {
    if ('literal' in expr) return this.#count(String(expr.literal));
    if ('meta' in expr) return NUMBER_TOKENS;
    if ('op' in expr) return expr.op === 'json' ? this.#valueBound(expr.args[0]!, frames) : 1;
    const { variable, schema, isCounted } = this.#target(expr, frames);
    if (isCounted === true) return 0;
    const bound = this.#declaredBound(expr) ?? this.#memberBound(expr, schemaBound(schema, this.#count));
    if (variable === undefined) return bound ?? 0;
    if (bound === undefined) this.unbounded.add(variable);
    else this.#addBound(variable, bound);
    return bound ?? 0;
  }

  /** What a picture or a recording weighs is its provider's to say, not its address's: it is the variable's maxTokens or unbounded. */
  #mediaBound(url: Expr, frames: readonly Frame[]): number {
    const { variable, isCounted } = this.#target(url, frames);
    if (isCounted === true) return 0;
    const bound = this.#declaredBound(url) ?? this.#memberBound(url, undefined);
    if (bound === undefined) this.unbounded.add(variable ?? WRITTEN);
    else if (variable !== undefined) this.#addBound(variable, bound);
    this.media += (bound ?? 0) * this.#times;
    return bound ?? 0;
  }

  /** The maxTokens of a variable that is read as a whole. */
  #declaredBound(expr: Expr): number | undefined {
    if (!('ref' in expr) || expr.ref.length !== 1 || expr.scope !== 0) return undefined;
    return this.#variables.get(expr.ref[0]!)?.maxTokens;
  }

  /** A member of a variable is no longer than the whole, which its maxTokens bounds. */
  #memberBound(expr: Expr, own: number | undefined): number | undefined {
    const whole = 'ref' in expr && expr.scope === 0 ? this.#variables.get(expr.ref[0] ?? '')?.maxTokens : undefined;
    return whole === undefined || own === undefined ? (own ?? whole) : Math.min(own, whole);
  }

  #addBound(variable: string, bound: number): void {
    this.bounds.set(variable, (this.bounds.get(variable) ?? 0) + bound * this.#times);
  }

  #target(expr: Expr, frames: readonly Frame[]): Frame {
    if (!('ref' in expr))
      return 'op' in expr && expr.args[0]
        ? this.#target(expr.args[0], frames)
        : { variable: undefined, schema: undefined };
    let { variable, schema, isCounted = false } = frames[expr.scope]!;
    let path = expr.ref;
    if (expr.scope === 0) {
      variable = path[0];
      schema = variable === undefined ? undefined : this.#variables.get(variable)?.schema;
      path = path.slice(1);
    }
    for (const part of path)
      schema =
        member(member(schema, 'properties'), part) ?? member(schema, 'items') ?? member(schema, 'additionalProperties');
    return { variable, schema, isCounted };
  }
}

function isScalar(schema: JsonValue | undefined): boolean {
  return ['string', 'number', 'integer', 'boolean', 'null'].includes(String(member(schema, 'type')));
}
