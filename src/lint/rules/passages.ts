import type { Message, Prompt } from '../../model/index.ts';
import type { Role } from '../../runtime/index.ts';
import { includedFiles, type LoadedPrompt } from '../../workspace/index.ts';
import type { Place, PromptContext } from '../rule.ts';
import { messageLists } from './contents.ts';

/** A text that reaches the model as its author wrote it: a message's template, or a partial's. */
export interface Passage {
  /** Template comments are blanked out: the model never sees them. Offsets are those of the source. */
  readonly text: string;
  readonly role: Role;
  /** True for the turns before the last user message that an assistant answers: they show, and instruct nobody. */
  readonly isExample: boolean;
  place(start: number, end: number): Place;
}

/** A sentence, or an item of a list, with its line breaks as blanks. */
export interface Sentence {
  readonly text: string;
  readonly passage: Passage;
  /** Where it begins in the passage. */
  readonly start: number;
}

const passagesByFile = new WeakMap<LoadedPrompt, readonly Passage[]>();
const sentencesByPassage = new WeakMap<Passage, readonly Sentence[]>();

/** Every passage of a prompt and its variants; a partial once, however often it is included. */
export function passagesOf({
  file,
  prompt,
  workspace,
}: Pick<PromptContext, 'file' | 'prompt' | 'workspace'>): readonly Passage[] {
  let passages = passagesByFile.get(file);
  if (passages) return passages;
  const own = [...messageLists(prompt)].flatMap(passagesOfList);
  passages = [...own, ...partialPassages(file, prompt, workspace.textOf)];
  passagesByFile.set(file, passages);
  return passages;
}

function passagesOfList(messages: readonly Message[]): Passage[] {
  const lastUser = messages.findLastIndex((message) => 'role' in message && message.role === 'user');
  const lastAnswer = messages.findLastIndex(
    (message, at) => at < lastUser && 'role' in message && message.role === 'assistant',
  );
  return messages.flatMap((message, at): Passage[] => {
    if (!('role' in message)) return [];
    const isTurn = message.role === 'user' || message.role === 'assistant' || message.role === 'tool';
    const pointer = `${message.pointer}/content`;
    return [
      {
        text: withoutComments(message.text),
        role: message.role,
        isExample: isTurn && at <= lastAnswer,
        place: (start, end) => ({ pointer, text: [start, end] }),
      },
    ];
  });
}

function partialPassages(file: LoadedPrompt, prompt: Prompt, textOf: (file: string) => string | undefined): Passage[] {
  // Only a template with `{{>` can have one, and the walk below is not free.
  if (!file.yaml.text.includes('{{')) return [];
  return [...includedFiles(file)].flatMap((partial): Passage[] => {
    const text = partial === prompt.file ? undefined : textOf(partial);
    if (text === undefined) return [];
    return [
      {
        text: withoutComments(text),
        role: 'system',
        isExample: false,
        place: (start, end) => ({ file: partial, offsets: [start, end] }),
      },
    ];
  });
}

/** A template with its comments blanked out. */
export function withoutComments(text: string): string {
  let out = '';
  let from = 0;
  for (let at = text.indexOf('{{!'); at >= 0; at = text.indexOf('{{!', from)) {
    const close = text.startsWith('--', at + 3) ? '--}}' : '}}';
    const found = text.indexOf(close, at + 3);
    if (found < 0) break;
    const end = found + close.length;
    out += text.slice(from, at) + ' '.repeat(end - at);
    from = end;
  }
  return from === 0 ? text : out + text.slice(from);
}

/** Ends of sentences, blank lines, and line breaks before a list item or a heading. */
const BREAK = /[.!?](?=["')\]]?\s)|\n(?=[ \t\r]*(?:\n|[-*#>]|\d+[.)]\s))/g;
const HEADING = /^\s*#{1,6} [^\n]*\n/;
/** Longer runs without a stop are cut, so that a pattern with bounded gaps stays linear on any text. */
const LONGEST = 1000;

export function sentencesOf(passage: Passage): readonly Sentence[] {
  let sentences = sentencesByPassage.get(passage);
  if (!sentences) sentencesByPassage.set(passage, (sentences = split(passage)));
  return sentences;
}

function split(passage: Passage): Sentence[] {
  const sentences: Sentence[] = [];
  const flat = passage.text.replaceAll(/\r?\n/g, (lineBreak) => ' '.repeat(lineBreak.length));
  const add = (start: number, end: number): void => {
    for (let at = start; at < end; at += LONGEST) {
      const text = flat.slice(at, Math.min(end, at + LONGEST));
      if (text.trim() !== '') sentences.push({ text, passage, start: at });
    }
  };
  let at = 0;
  const ends = [...passage.text.matchAll(BREAK)].map(({ index }) => index + 1);
  for (const end of [...ends, passage.text.length]) {
    // A heading ends with its line, also where no blank line follows it.
    const heading = HEADING.exec(passage.text.slice(at, end))?.[0].length ?? 0;
    add(at, at + heading);
    add(at + heading, end);
    at = end;
  }
  return sentences;
}
