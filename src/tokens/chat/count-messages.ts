import { type ContentPart, contentText } from '../../runtime/index.ts';
import { addFigures } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { chatOverhead } from './chat-overhead.ts';
import { countText, resolve } from './count-text.ts';
import type { CountedModel } from './count-text.ts';

export interface ChatMessage {
  readonly role: string;
  /** Text, or parts of which the texts are counted. */
  readonly content: string | readonly ContentPart[];
  readonly name?: string;
}

/** What a picture weighs differs by model and size, and what is billed from what is documented: a sum with one says so. */
const MEDIA: Figure = { tokens: 0, kind: 'estimate', by: 'media not counted', error: 0 };

/** How far off the tokens between the messages may be where the format is not documented. */
const OVERHEAD_ERROR = 0.5;

/**
 * The tokens of a conversation as the model gets it: its texts, the roles, and what the chat format puts between them.
 *
 * For OpenAI's models a formula: text exact, 3 tokens a message, 1 a name, 3 for the reply. For others an estimate.
 *
 * @example countMessages([{ role: 'user', content: 'hello' }], 'openai/gpt-4o').tokens // 8
 */
export function countMessages(messages: readonly ChatMessage[], model: CountedModel): Figure {
  const known = resolve(model);
  const overhead = chatOverhead(known.provider);
  const figures: Figure[] = [];
  let between = overhead.once;
  for (const { role, content, name } of messages) {
    between += overhead.perMessage;
    figures.push(countText(contentText(content), known));
    if (typeof content !== 'string') figures.push(MEDIA);
    if (overhead.countsRole) figures.push(countText(role, known));
    if (name !== undefined) {
      between += overhead.perName;
      figures.push(countText(name, known));
    }
  }
  const format = `${known.provider} chat format`;
  figures.push(
    known.encoding === undefined
      ? { tokens: between, kind: 'estimate', by: format, error: OVERHEAD_ERROR }
      : { tokens: between, kind: 'formula', by: format },
  );
  return addFigures(figures);
}
