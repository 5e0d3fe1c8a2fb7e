import type { Role } from './bundle.ts';
import type { ContentPart } from './media.ts';

export interface RenderedMessage {
  readonly role: Role;
  /** Text; or its parts, in order, where the message shows or plays something. */
  readonly content: string | readonly ContentPart[];
  /** Only on messages that came through a history variable. */
  readonly name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: unknown;
}

/** Whether a message instructs: what providers keep apart from the turns of the conversation. */
export function isInstruction({ role }: RenderedMessage): boolean {
  return role === 'system' || role === 'developer';
}
