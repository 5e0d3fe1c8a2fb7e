import { countText } from '../chat/index.ts';
import { findModel } from '../models/index.ts';

/** A counter of static text for a prompt's bundle; undefined where the prompt names no model. */
export function staticCounter(
  model: string | undefined,
): { readonly encoding: string; readonly kind: 'exact' | 'estimate'; count(text: string): number } | undefined {
  if (model === undefined) return undefined;
  const counted = findModel(model) ?? model;
  const { by, kind } = countText('', counted);
  return {
    encoding: by,
    kind: kind === 'exact' ? 'exact' : 'estimate',
    count: (text) => countText(text, counted).tokens,
  };
}
