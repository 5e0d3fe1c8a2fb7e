import type { Pricing } from '../../eval/index.ts';
import { contentText, type MediaPart } from '../../runtime/index.ts';
import { costUsd } from '../../tokens/prices/index.ts';
import { findModel, type ModelInfo, type ModelOverrides } from '../../tokens/models/index.ts';

/** The longest answer of a model whose bound nobody publishes. */
const UNKNOWN_BOUND = 8192;
/** Tokens that a provider adds around a message. */
const AROUND = 16;

/** The dearest picture that a provider documents: gpt-4o-mini's 2 833 tokens and 5 667 for each of eight tiles, rounded up. */
const A_PICTURE = 50_000;
/** The longest window there is, for a model whose own is not known. */
const A_WINDOW = 2_000_000;

/** More than a medium can weigh: a picture by the dearest rule, anything else by the window that it has to fit. */
function mostTokensOf({ contentType = 'image/*' }: MediaPart, info: ModelInfo | undefined): number {
  const window = info?.contextWindow ?? A_WINDOW;
  return contentType.startsWith('image/') ? Math.min(A_PICTURE, window) : window;
}

/** Prices from the table and the workspace's own; looked up once a model. */
export function pricingOf(overrides: ModelOverrides | undefined): Pricing {
  const known = new Map<string, ModelInfo | undefined>();
  const find = (model: string): ModelInfo | undefined => {
    if (!known.has(model)) known.set(model, findModel(model, overrides));
    return known.get(model);
  };
  const mostOutput: Pricing['mostOutputTokens'] = (model, { parameters }) =>
    parameters.maxTokens ?? find(model)?.maxOutput ?? UNKNOWN_BOUND;
  return {
    costUsd(model, { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens }) {
      const tokens = {
        input: inputTokens,
        output: outputTokens,
        ...(cachedInputTokens === undefined ? {} : { cachedInput: cachedInputTokens }),
        ...(cacheWriteTokens === undefined ? {} : { cacheWrite: cacheWriteTokens }),
      };
      return costUsd(tokens, find(model)?.price);
    },
    worstCaseUsd(model, request) {
      const { messages, tools, responseFormat } = request;
      // No tokenizer makes more than one token of a byte: a bound, where an estimate could be under it.
      const texts = messages.map(({ content, ...rest }) => ({ ...rest, content: contentText(content) }));
      const bytes = Buffer.byteLength(JSON.stringify([texts, tools, responseFormat]));
      const shown = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
      const media = shown.reduce((sum, part) => sum + (part.type === 'media' ? mostTokensOf(part, find(model)) : 0), 0);
      const input = bytes + AROUND * messages.length + media;
      return costUsd({ input, output: mostOutput(model, request) }, find(model)?.price);
    },
    mostOutputTokens: mostOutput,
    publisherOf: (model) => find(model)?.publisher,
  };
}
