import type { Prompt } from '../model/index.ts';
import {
  type CountTokens,
  type PromptJson,
  type Rendered,
  type RenderedPieces,
  RuntimePrompt,
  type Values,
} from '../runtime/index.ts';
import { contentDigest, repeatableNonce } from './digest.ts';
import { runtimePrompt } from './runtime-prompt.ts';

export interface RepeatableOptions {
  readonly nonce?: string;
  readonly variant?: string;
  readonly countTokens?: CountTokens;
}

/** Renders one prompt through the runtime, the same bytes on every run: the nonce follows from prompt and values. */
export interface Renderer {
  readonly json: PromptJson;
  /** @throws PromptError of the runtime, where the values don't fit. */
  render(values: Values, options?: RepeatableOptions): Rendered;
  pieces(values: Values, options?: RepeatableOptions): readonly RenderedPieces[];
}

const NO_BUNDLE = { version: '0.0.0', digest: '' };

/** A renderer of a prompt from a workspace, or of one from a bundle. */
export function rendererOf(
  prompt: Prompt | PromptJson,
  bundle: { readonly version: string; readonly digest: string } = NO_BUNDLE,
): Renderer {
  const isFile = 'file' in prompt;
  const plain = isFile ? runtimePrompt(prompt) : prompt;
  const digest = plain.contentDigest || contentDigest(plain);
  const json: PromptJson = { ...plain, contentDigest: digest };
  const runtime = new RuntimePrompt(json, bundle);
  let traced: RuntimePrompt | undefined;
  const repeatable = (values: Values, options: RepeatableOptions): RepeatableOptions => ({
    ...options,
    nonce: options.nonce ?? repeatableNonce(digest, values),
  });
  return {
    json,
    render: (values, options = {}) => runtime.render(values, repeatable(values, options)),
    pieces: (values, options = {}) => {
      traced ??= isFile ? new RuntimePrompt(runtimePrompt(prompt, { keepOrigins: true }), bundle) : runtime;
      return traced.pieces(values, repeatable(values, options));
    },
  };
}
