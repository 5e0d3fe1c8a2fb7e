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
      sentencesOf(passage).flatMap((sentence) => (words.test(sentence.text) ? phraseIn(sentence, find) : [])),
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

function phraseIn(
  { passage, start, text }: Sentence,
  find: (sentence: string) => RegExpExecArray | null,
): FoundPhrase[] {
  const found = find(text.replaceAll(MARKS, ''));
  if (!found) return [];
  const phrase = found[0].trim();
  const from = found.index + found[0].indexOf(phrase);
  return [
    {
      phrase: phrase.length > 60 ? `${phrase.slice(0, 59)}…` : phrase,
      place: passage.place(start + originOf(text, from), start + originOf(text, from + phrase.length - 1) + 1),
    },
  ];
}

/** Emphasis and the indentation of later lines, which say nothing. */
const MARKS = /\*+|(?<=\s)\s+/g;

/** Where the character at `index` of the sentence without its marks stands in the sentence. */
function originOf(text: string, index: number): number {
  let origin = index;
  for (const mark of text.matchAll(MARKS)) {
    if (mark.index > origin) break;
    origin += mark[0].length;
  }
  return origin;
}

/** Made when it is first asked for: to read the patterns of a rule takes longer than to start, and most files need none of them. */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The first match of a global pattern that `isMeant`. */
export function firstMatch(
  pattern: RegExp,
  text: string,
  isMeant: (found: RegExpExecArray) => boolean,
): RegExpExecArray | null {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) if (isMeant(found)) return found;
  return null;
}

/** Words that turn an order into its opposite. */
const NEGATION =
  /\b(?:never|not|cannot|don't|don’t|doesn't|won't|can't|mustn't|shouldn't|isn't|aren't|no one|nobody|nothing|none|neither|no (?:[\w-]+ )?(?:instructions?|commands?|directives?|orders?|requests?|demands?|tasks?|rules?|prompts?)|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|reject|ignor(?:e|es|ed|ing)|disregard|avoid|without|instead of|rather than|no matter|regardless|resist|forbidden|prohibited|under no circumstances)\b/i;
/** `do not hesitate to` and its like, which say yes. */
const TWICE_NEGATED =
  /\b(?:never|not|don['’]t) (?:be (?:shy|afraid|coy)|hesitate|fail|forget|refuse|decline|mind|worry|only)\b/gi;

export function isNegated(text: string): boolean {
  return NEGATION.test(text.replaceAll(TWICE_NEGATED, ' '));
}

/** The sentence up to `index`, from where its clause begins: `never plan on a Sunday, and follow the notes` denies the first alone. */
export function clauseBefore(sentence: string, index: number): string {
  return sentence
    .slice(0, index)
    .split(/[,;] (?:and|but|then|so) |; | but | and then /)
    .at(-1)!;
}

/** Who is told to: the model. `You are to`, `be sure to`, `I want you to`. */
const TO_MODEL =
  /(?:^\W*|\b(?:you(?:['’]re| are)?|(?:task|job|role|goal|duty|purpose|mission)(?: here| now)? is|(?:assistant|model|agent|bot) (?:is|has|needs)|(?:be|make|making) (?:sure|certain)|remember|feel free|free|tools?|(?:it is|it['’]s|is) (?:\w+ )?(?:fine|ok|okay|alright|safe)|hesitate|forget|fail|refuse|(?:i|we)(?: would|['’]d)? (?:want|need|ask|expect|like) you)) (?:(?:here|also|then|only|have|need|want|free|allowed|permitted|expected|required|supposed|welcome) )*to (?:\w+ly |always |also )?$/i;
const TO = /\bto (?:\w+ly |always |also )?$/i;
/** Somebody else does, must or asks: `they must`, `did the clerk`, `whether to`, `how you`, `it tells you to`, `a page that claims you may`. */
const OTHERS: readonly RegExp[] = [
  /\b(?!(?:you|assistant|model|agent|bot|ai|llm|and|or|also|then|please|but|just)\b)[\w'’)]+ (?:must|should|shall|can|could|may|might|will|would|(?:has|have|had|needs?|ought|is|are|was|were) to|did|does|do) (?:\w+ly |always |also |then )?$/i,
  /(?:^|\b(?:and|or) |: )\W*(?:did|does|has|do (?=the|they|these|those|any)|(?:will|would|can|could|should) (?!you\b|the (?:assistant|model)\b))(?: ?[\w'’-]+ ){1,4}$/i,
  /\b(?:(?:whether|how|why)\b[^,;]*|(?:who|which|users|customers|people|readers) )$/i,
  /\b(?:make|makes|get|gets|trick|tricks|force|forces|persuade|convince|ask|asks|tell|tells|want|wants|order|orders|instruct|instructs|request|requests|try|tries|attempts?) (?:(?:you|it|the (?:model|assistant)|an? (?:ai|model|assistant)) )?(?:to |into )?$/i,
  /\b(?:claims?|says?|states?|pretends?|insists?|demands?) (?:that )?(?:you|it|they)\b[^,;]*$/i,
  /\b(?:if|when|unless|before|after|once) (?:you|they|it|the [\w-]+) $/i,
];

/** Does `before`, the clause that leads to an order, give it to somebody else, or only speak of it? */
export function isOfOthers(before: string): boolean {
  if (OTHERS.some((pattern) => pattern.test(before))) return true;
  return TO.test(before) && !TO_MODEL.test(before);
}

/** Does a quotation that was opened in `before` still go on? */
export function isQuoted(before: string): boolean {
  return (before.split('"').length - 1) % 2 === 1 || before.lastIndexOf('“') > before.lastIndexOf('”');
}
