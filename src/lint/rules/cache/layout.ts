import { Buffer } from 'node:buffer';
import { isObject, member, type Prompt } from '../../../model/index.ts';
import type { Expr, Segment } from '../../../runtime/index.ts';
import { type CacheFacts, cacheFacts, type ModelInfo } from '../../../tokens/models/index.ts';
import { countSchema, countText, countTools } from '../../../tokens/index.ts';
import type { Place, PromptContext } from '../../rule.ts';
import type { TextMessage } from '../contents.ts';
import { namesAChoice } from '../setting-names.ts';
import { placeOf } from '../template/walk.ts';
import { modelOf } from '../tokens/counts.ts';

/** A request as a prompt cache sees it: the text before the first part that changes from call to call, and the text after it. */
export interface CacheLayout {
  readonly info: ModelInfo;
  readonly facts: CacheFacts;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The first value or block that changes; absent where nothing does, or where that is a history. */
  readonly first?: { readonly at: Place; readonly source: string };
}

/** Undefined where the model has no cache that is known. */
export function layoutOf(context: PromptContext): CacheLayout | undefined {
  const info = modelOf(context);
  const facts = info && cacheFacts(info);
  if (!info || !facts) return undefined;
  const { prompt } = context;
  const walk = new Walk(context);
  const lastUser = prompt.messages.findLastIndex((message) => 'role' in message && message.role === 'user');
  for (const [at, message] of prompt.messages.entries()) {
    if (at === lastUser)
      for (const { input, output } of prompt.examples) walk.text(`${Object.values(input).join('\n')}\n${output}`);
    if ('history' in message) walk.change();
    else walk.segments(message);
  }
  return { info, facts, before: walk.before, after: walk.after, ...(walk.first ? { first: walk.first } : {}) };
}

class Walk {
  readonly before: string[] = [];
  readonly after: string[] = [];
  first: CacheLayout['first'];
  #hasChanged = false;
  readonly #context: PromptContext;

  constructor(context: PromptContext) {
    this.#context = context;
  }

  text(text: string): void {
    (this.#hasChanged ? this.after : this.before).push(text);
  }

  change(): void {
    this.#hasChanged = true;
  }

  segments(message: TextMessage): void {
    for (const segment of message.segments) {
      // What stands in a block comes and goes with its condition, so it is no part of a prefix; nor is it lost to one.
      if (segment.kind === 'text') this.text(segment.text);
      else if (!isConstant(decidedBy(segment), this.#context.prompt)) {
        if (!this.#hasChanged)
          this.first = { at: placeOf(segment, message, this.#context), source: this.#sourceOf(segment, message) };
        this.change();
      }
    }
  }

  #sourceOf({ origin }: Segment, { text }: TextMessage): string {
    const { file, workspace } = this.#context;
    return (
      (origin && (origin.file === file.file ? text : workspace.textOf(origin.file))?.slice(origin.start, origin.end)) ??
      'this'
    );
  }
}

/** What a segment writes, or what decides which of its texts it does. */
function decidedBy(segment: Exclude<Segment, { kind: 'text' }>): Expr {
  switch (segment.kind) {
    case 'media':
      return segment.url;
    case 'if':
      return segment.test;
    case 'each':
      return segment.over;
    default:
      return segment.value;
  }
}

/** Whether a value is the same over many calls: a trusted choice from a closed list, or a literal. Free values change with the call. */
function isConstant(expr: Expr, prompt: Prompt): boolean {
  if ('literal' in expr) return true;
  if ('op' in expr) return expr.args.every((arg) => isConstant(arg, prompt));
  if ('meta' in expr || expr.scope !== 0) return false;
  if (prompt.mode === 'github') return namesAChoice(expr.ref.join('.'));
  const variable = prompt.variables.get(expr.ref[0] ?? '');
  if (!variable || variable.trust !== 'trusted' || !isObject(variable.schema)) return false;
  const { schema } = variable;
  return (
    member(schema, 'enum') !== undefined ||
    member(schema, 'const') !== undefined ||
    member(schema, 'type') === 'boolean'
  );
}

/** Most tokens that texts can have: their bytes. */
export function mostTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Most tokens that tools and schema can have: twice their bytes where a maker rewrites them, and the instructions put before tools. */
export function mostFrontTokens({ tools, responseFormat }: Prompt): number {
  const declared = tools.length === 0 ? 0 : 2 * Buffer.byteLength(JSON.stringify(tools)) + 500;
  return declared + (responseFormat?.schema === undefined ? 0 : Buffer.byteLength(responseFormat.schema) + 20);
}

export function tokensOf(texts: readonly string[], info: ModelInfo): number {
  return countText(texts.join('\n'), info).tokens;
}

/** Tools and the schema of the answer stand in front of the messages, and are cached with them. */
export function frontTokens({ tools, responseFormat }: Prompt, info: ModelInfo): number {
  const declared = tools.map(({ name, description, parameters }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    ...(parameters === undefined ? {} : { parameters: JSON.parse(parameters) as unknown }),
  }));
  const schema = responseFormat?.schema;
  return countTools(declared, info).tokens + (schema === undefined ? 0 : countSchema(JSON.parse(schema), info).tokens);
}

/** US dollars that 1 000 calls save where so many tokens more are read from the cache; undefined where the price is unknown. */
export function savedUsd(tokens: number, { info, facts }: Pick<CacheLayout, 'info' | 'facts'>): number | undefined {
  return info.price && (tokens * info.price.input * (1 - facts.read) * 1000) / 1_000_000;
}
