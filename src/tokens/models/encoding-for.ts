import type { Encoding } from '../bpe/index.ts';
import { familyOf } from './families.ts';
import { parseModelId } from './publishers.ts';

/**
 * The encoding that counts a model's text exactly, or undefined where it has none (Claude, Gemini, Llama, ...).
 *
 * Only the name is looked at, so a new snapshot of a known family has an answer before any table lists it.
 *
 * @example encodingFor('ft:gpt-4o-mini-2024-07-18:acme::abc') // 'o200k_base'
 */
export function encodingFor(model: string): Encoding | undefined {
  return familyOf(parseModelId(model).name).encoding;
}
