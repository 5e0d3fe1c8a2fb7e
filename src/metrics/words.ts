import { requireText } from './check.ts';
import { splitWords } from './text.ts';

/** A text, split on white space, or its words as some tokenizer gave them. */
export type TextOrWords = string | readonly string[];

export function wordsOf(text: TextOrWords, name: string): readonly string[] {
  if (!Array.isArray(text)) {
    requireText(text, name);
    return splitWords(text);
  }
  text.forEach((word: unknown, at) => requireText(word, `${name}[${at}]`));
  return text as readonly string[];
}

export function requireLists(references: readonly TextOrWords[]): void {
  if (!Array.isArray(references)) throw new TypeError('references must be a list of texts');
  if (references.length === 0) throw new RangeError('references is empty: a score needs at least one reference');
}
