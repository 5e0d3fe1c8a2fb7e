import type { Role, Segment } from '../runtime/index.ts';
import type { DraftMessage } from './draft.ts';
import type { Part } from './handlebars/parse.ts';
import { Refusal } from './refusal.ts';
import { joined } from './segments.ts';

const ROLES: Readonly<Record<string, Role>> = {
  user: 'user',
  system: 'system',
  model: 'assistant',
  assistant: 'assistant',
  developer: 'developer',
};
/** Messages part where a role is named, and around the history; a part that is blank is none, as in dotprompt. */
export function dotpromptMessages(parts: readonly Part[], historyName: string, start: number): readonly DraftMessage[] {
  const messages: DraftMessage[] = [];
  let role = 'user';
  let offset = start;
  let segments: Segment[] = [];
  const close = (): void => {
    const content = joined(segments);
    segments = [];
    if (isBlank(content)) return;
    const mapped = Object.hasOwn(ROLES, role) ? ROLES[role] : undefined;
    if (!mapped) throw new Refusal(`promptctl has no role \`${role}\``, offset);
    const [first] = content;
    if (!content.some(isFirm))
      throw new Refusal(
        'This message is empty for some values, and dotprompt then leaves it out; messages of promptctl are fixed',
        first?.origin?.start ?? offset,
      );
    messages.push({ role: mapped, segments: content, offset });
  };
  for (const part of parts) {
    if (part.kind === 'role') {
      close();
      ({ role, offset } = part);
    } else if (part.kind === 'history') {
      close();
      messages.push({ history: historyName, offset: part.offset });
      role = 'model';
      offset = part.offset;
    } else segments.push(part);
  }
  close();
  if (messages.length === 0) throw new Refusal('The template is empty: dotprompt makes no message of it', start);
  return messages;
}

function isBlank(segments: readonly Segment[]): boolean {
  return segments.every((segment) => segment.kind === 'text' && segment.text.trim() === '');
}

/** Text, or a value that a caller has to give. */
function isFirm(segment: Segment): boolean {
  return (
    segment.kind === 'value' || segment.kind === 'media' || (segment.kind === 'text' && segment.text.trim() !== '')
  );
}
