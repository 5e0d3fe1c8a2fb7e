import type { PromptContext } from '../../rule.ts';
import { member } from '../../../model/index.ts';
import { type Passage, passagesOf, type Sentence, sentencesOf } from '../passages.ts';
import { writtenTools } from './tools-written.ts';

export interface FoundPhrase {
  readonly phrase: string;
  readonly place: ReturnType<Passage['place']>;
}

/**
 * Sentences of a prompt's own text in which `find` sees something; assistant turns are answers, and instruct nobody. `words` is asked
 * first, of a whole text and then of each sentence: most have none of them.
 */
export function findPhrases(
  context: PromptContext,
  words: RegExp,
  find: (sentence: string) => RegExpExecArray | null,
): FoundPhrase[] {
  return [...passagesOf(context), ...toolPassages(context)]
    .filter(({ role, text }) => role !== 'assistant' && words.test(text))
    .flatMap((passage) =>
      sentencesOf(passage).flatMap((sentence) =>
        words.test(sentence.text) ? phraseIn(sentence, find(sentence.text)) : [],
      ),
    );
}

/** What tools say of themselves is read as the system's own words. */
function toolPassages(context: PromptContext): Passage[] {
  return writtenTools(context).flatMap(({ entry, pointer }): Passage[] => {
    const text = member(entry, 'description');
    if (typeof text !== 'string') return [];
    const at = `${pointer}/description`;
    return [{ text, role: 'system', isExample: false, place: (start, end) => ({ pointer: at, text: [start, end] }) }];
  });
}

function phraseIn({ passage, start }: Sentence, found: RegExpExecArray | null): FoundPhrase[] {
  if (!found) return [];
  const from = start + found.index;
  const phrase = found[0].replaceAll(/\s+/g, ' ').trim();
  return [
    {
      phrase: phrase.length > 60 ? `${phrase.slice(0, 59)}…` : phrase,
      place: passage.place(from, from + found[0].trimEnd().length),
    },
  ];
}

/** Words that turn an order into its opposite. */
export const NEGATED: RegExp =
  /\b(?:never|not|cannot|don't|don’t|doesn't|won't|can't|mustn't|shouldn't|refuse|refusing|decline|ignore|ignoring|disregard|avoid|without|instead of|rather than|no matter|resist|forbidden|prohibited|under no circumstances)\b/i;
