import { countTokens } from '../bpe/index.ts';
import { estimateTokens } from '../estimate/index.ts';
import type { Figure } from '../figure.ts';
import { familyOf, findModel, parseModelId } from '../models/index.ts';
import type { ModelInfo } from '../models/index.ts';

/** A model as counting needs it: its id, or what findModel says of it. An unknown id is judged by its name alone. */
export type CountedModel = string | Pick<ModelInfo, 'provider' | 'encoding' | 'estimate'>;

/**
 * The tokens of a text by itself: exact where the model has an OpenAI encoding, else an estimate.
 *
 * @example countText('hello world', 'openai/gpt-4o') // { tokens: 2, kind: 'exact', by: 'o200k_base' }
 */
export function countText(text: string, model: CountedModel): Figure {
  const { encoding, estimate } = resolve(model);
  if (encoding !== undefined) return { tokens: countTokens(text, encoding), kind: 'exact', by: encoding };
  const { tokens, formula, error } = estimateTokens(text, estimate ?? 'generic');
  return { tokens, kind: 'estimate', by: formula, error };
}

export function resolve(model: CountedModel): Exclude<CountedModel, string> {
  return typeof model === 'string' ? (findModel(model) ?? familyOf(parseModelId(model).name)) : model;
}
