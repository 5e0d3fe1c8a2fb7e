import type { BundleJson, MessageJson, PromptJson, Role } from './bundle.ts';
import { type Body, compileBody } from './body.ts';
import { PromptError } from './errors.ts';
import { isNonce, randomNonce } from './fence.ts';
import { history } from './history.ts';
import type { ContentPart, MediaPart } from './media.ts';
import type { RenderedMessage } from './message.ts';
import type { Rendered } from './rendered.ts';
import { type Emit, renderContent, renderText, type Values } from './render-segments.ts';
import type { Segment } from './segments.ts';
import { type CheckValues, compileVariables, type CountTokens } from './variables.ts';

export interface RenderOptions {
  /** 16 hex digits for the fences; by default random. Give one only where a render must repeat. */
  readonly nonce?: string;
  /** The variant to render, one of the prompt's own. */
  readonly variant?: string;
  /** Checks each variable's `maxTokens`; without it only `maxLength` is checked. */
  readonly countTokens?: CountTokens;
}

export interface Piece {
  readonly written: string | MediaPart;
  readonly segment: Parameters<Emit>[1] | undefined;
}

/** The parts of a rendered message, each with the segment that wrote it. */
export interface RenderedPieces {
  readonly role: Role;
  readonly pieces: readonly Piece[];
}

/** One prompt of a bundle, ready to render. Get it from `bundle.prompt(id)`. */
export class RuntimePrompt<Variables = Values, Output = unknown> {
  /** The prompt as the bundle holds it. */
  readonly json: PromptJson;
  /** For types only: what a valid answer holds. */
  declare readonly output?: Output;
  readonly #check: CheckValues;
  readonly #bodies = new Map<string | undefined, Body>();
  readonly #bundle: Pick<BundleJson, 'version' | 'digest'>;

  constructor(json: PromptJson, bundle: Pick<BundleJson, 'version' | 'digest'>) {
    this.json = json;
    this.#bundle = bundle;
    this.#check = compileVariables(json);
  }

  /**
   * Checks the values and renders every message.
   *
   * @throws PromptError `values-invalid` naming each missing, unknown or wrongly typed variable; `value-unprintable` where a
   * value has no text; `variant-unknown`; `nonce-invalid`.
   */
  render(values: Variables, options: RenderOptions = {}): Rendered {
    const body = this.#body(options.variant);
    const checked = this.#check(values as Values, options.countTokens);
    const nonce = nonceFor(body, options.nonce);
    const messages: RenderedMessage[] = [];
    for (let at = 0; at < body.messages.length; at++) {
      const message = body.messages[at]!;
      if ('history' in message) {
        messages.push(...history(checked[message.history], message));
        continue;
      }
      if (at === body.examplesAt) {
        for (const example of body.examples) {
          messages.push({ role: 'user', content: contentOf(body, message, example.values, nonce) });
          messages.push({ role: 'assistant', content: example.output });
        }
      }
      messages.push({ role: message.role, content: contentOf(body, message, checked, nonce) });
    }
    // Written out: spreading the frame costs a quarter of a render.
    const { model, parameters, tools, responseFormat, staticMessages, provenance } = body.frame;
    return { messages, model, parameters, tools, responseFormat, staticMessages, provenance };
  }

  /** As `render`, showing for each part of each message the segment that wrote it; a history or an answer has none. */
  pieces(values: Variables, options: RenderOptions = {}): readonly RenderedPieces[] {
    const body = this.#body(options.variant);
    const checked = this.#check(values as Values, options.countTokens);
    const nonce = nonceFor(body, options.nonce);
    const out: RenderedPieces[] = [];
    body.messages.forEach((message, at) => {
      if ('history' in message) {
        for (const turn of history(checked[message.history], message)) {
          out.push({ role: turn.role, pieces: givenPieces(turn.content) });
        }
        return;
      }
      if (at === body.examplesAt) {
        for (const example of body.examples) {
          out.push(piecesOf('user', message.segments, example.values, nonce));
          out.push({ role: 'assistant', pieces: givenPieces(example.output) });
        }
      }
      out.push(piecesOf(message.role, message.segments, checked, nonce));
    });
    return out;
  }

  #body(variant: string | undefined): Body {
    let body = this.#bodies.get(variant);
    if (!body) {
      body = compileBody(this.json, variant, this.#bundle);
      this.#bodies.set(variant, body);
    }
    return body;
  }
}

type SpokenJson = Extract<MessageJson, { role: Role }>;

function contentOf(body: Body, message: SpokenJson, values: Values, nonce: string): RenderedMessage['content'] {
  return body.withMedia.has(message)
    ? renderContent(message.segments, values, nonce)
    : renderText(message.segments, values, nonce);
}

function givenPieces(content: string | readonly ContentPart[]): readonly Piece[] {
  const parts = typeof content === 'string' ? [content] : content;
  return parts.map((part) => ({
    written: typeof part === 'string' ? part : part.type === 'text' ? part.text : part,
    segment: undefined,
  }));
}

function piecesOf(role: Role, segments: readonly Segment[], values: Values, nonce: string): RenderedPieces {
  const pieces: Piece[] = [];
  renderText(segments, values, nonce, (written, segment) => pieces.push({ written, segment }));
  return { role, pieces };
}

function nonceFor(body: Body, given: string | undefined): string {
  if (given === undefined) return body.hasFence ? randomNonce() : '';
  if (!isNonce(given)) throw new PromptError('nonce-invalid', 'A nonce is 16 hex digits in lower case');
  return given;
}
