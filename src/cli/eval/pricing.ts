import type { Pricing } from '../../eval/index.ts';
import { costUsd } from '../../tokens/prices/index.ts';
import { findModel, type ModelInfo, type ModelOverrides } from '../../tokens/models/index.ts';

/** The longest answer of a model whose bound nobody publishes. */
const UNKNOWN_BOUND = 8192;
/** Tokens that a provider adds around a message. */
const AROUND = 16;

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
      const input = Buffer.byteLength(JSON.stringify([messages, tools, responseFormat])) + AROUND * messages.length;
      return costUsd({ input, output: mostOutput(model, request) }, find(model)?.price);
    },
    mostOutputTokens: mostOutput,
    publisherOf: (model) => find(model)?.publisher,
  };
}
