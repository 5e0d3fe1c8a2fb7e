import type { MessageJson } from '../runtime/index.ts';

/** A prompt's messages as the runtime sees them: the turns, and the pairs among them that show the model an answer. */
export interface Turns {
  readonly turns: readonly MessageJson[];
  readonly shown: readonly (readonly [MessageJson, MessageJson])[];
}

/** A user turn with its answer before the last user message is an example, wherever it is written. */
export function turnsOf(messages: readonly MessageJson[]): Turns {
  const roleAt = (at: number): string | undefined => {
    const message = messages[at];
    return message && 'role' in message ? message.role : undefined;
  };
  const last = messages.findLastIndex((_, at) => roleAt(at) === 'user');
  const turns: MessageJson[] = [];
  const shown: [MessageJson, MessageJson][] = [];
  for (let at = 0; at < messages.length; at++) {
    if (at + 1 < last && roleAt(at) === 'user' && roleAt(at + 1) === 'assistant') {
      shown.push([messages[at]!, messages[at + 1]!]);
      at++;
    } else turns.push(messages[at]!);
  }
  return { turns, shown };
}

/** The name of a turn's place in the conversation: its role, or the history that it stands for. */
export function turnName(message: MessageJson): string {
  return 'role' in message ? message.role : `history ${message.history}`;
}
