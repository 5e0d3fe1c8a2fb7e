import type { Message, Prompt } from '../../model/index.ts';

/** The prompt's message list, and each variant's own. */
export function* messageLists(prompt: Prompt): Iterable<readonly Message[]> {
  yield prompt.messages;
  for (const { messages } of prompt.variants.values()) if (messages) yield messages;
}

/** A message with a text: anything but a history. */
export type TextMessage = Extract<Message, { readonly role: string }>;

/** Every message with a text, of the prompt and its variants. */
export function* textMessages(prompt: Prompt): Iterable<TextMessage> {
  for (const messages of messageLists(prompt)) for (const message of messages) if ('role' in message) yield message;
}

/** Pointers of every message's text. */
export function* contents(prompt: Prompt): Iterable<string> {
  for (const { pointer } of textMessages(prompt)) yield `${pointer}/content`;
}
