import type { PromptContext } from '../../rule.ts';
import { isObject, type JsonValue, pointerTo } from '../../../model/index.ts';
import { type Passage, passagesOf } from '../passages.ts';

/** A text with its place: what the model gets, or an example's or a test row's value. */
export type PlacedText = Pick<Passage, 'text' | 'place'>;

/** Messages, partials, examples and tool descriptions: all that is the same in every request. */
export function sentTexts(context: PromptContext): readonly PlacedText[] {
  const value = context.yaml.value;
  return [
    ...passagesOf(context),
    ...(isObject(value) ? ['examples', 'tools', 'variants'].flatMap((key) => stringsIn(value[key], `/${key}`)) : []),
  ];
}

/** What `sentTexts` has, and the test rows. */
export function allTexts(context: PromptContext): readonly PlacedText[] {
  const value = context.yaml.value;
  return [...sentTexts(context), ...(isObject(value) ? stringsIn(value['testData'], '/testData') : [])];
}

function stringsIn(value: JsonValue | undefined, pointer: string): PlacedText[] {
  if (typeof value === 'string') return [{ text: value, place: (start, end) => ({ pointer, text: [start, end] }) }];
  if (Array.isArray(value)) return value.flatMap((member: JsonValue, at) => stringsIn(member, pointerTo(pointer, at)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => stringsIn(member, pointerTo(pointer, key)));
}
