import { PromptError, type Problem } from './errors.ts';
import { type ContentPart, mediaPart } from './media.ts';
import type { RenderedMessage } from './message.ts';

const ROLES = new Set(['user', 'assistant', 'tool']);

/**
 * The turns of a history variable, newest `maxTurns` kept. A turn may speak as user, assistant or tool: a value never
 * becomes an instruction, so system and developer turns are refused.
 */
export function history(
  value: unknown,
  limits: { readonly maxTurns?: number; readonly history: string },
): RenderedMessage[] {
  if (value === undefined) return [];
  const problems: Problem[] = [];
  const turns = Array.isArray(value)
    ? value.map((turn: unknown, at) => turnOf(turn, `/${limits.history}/${at}`, problems))
    : [];
  if (!Array.isArray(value))
    problems.push({ path: `/${limits.history}`, message: `\`${limits.history}\` must be a list of messages` });
  if (problems.length > 0) {
    throw new PromptError('values-invalid', problems.map((problem) => problem.message).join('; '), problems);
  }
  const kept = limits.maxTurns === undefined ? turns : turns.slice(Math.max(0, turns.length - limits.maxTurns));
  return kept as RenderedMessage[];
}

function turnOf(turn: unknown, path: string, problems: Problem[]): RenderedMessage | undefined {
  const { role, content, name, tool_call_id, tool_calls } = (
    typeof turn === 'object' && turn !== null ? turn : {}
  ) as Record<string, unknown>;
  if (typeof role !== 'string' || !ROLES.has(role)) {
    problems.push({ path: `${path}/role`, message: `\`${path.slice(1)}/role\` must be user, assistant or tool` });
    return undefined;
  }
  const read = typeof content === 'string' ? content : partsOf(role, content, `${path}/content`, problems);
  if (read === undefined) return undefined;
  return {
    role: role as RenderedMessage['role'],
    content: read,
    ...(typeof name === 'string' ? { name } : {}),
    // Only the assistant calls, and only a tool answers a call: for others these would speak in another's name.
    ...(typeof tool_call_id === 'string' && role === 'tool' ? { tool_call_id } : {}),
    ...(tool_calls === undefined || role !== 'assistant' ? {} : { tool_calls }),
  };
}

/** A user's turn that shows something: the parts that a rendered message has. */
function partsOf(
  role: string,
  content: unknown,
  path: string,
  problems: Problem[],
): readonly ContentPart[] | undefined {
  const parts = role === 'user' && Array.isArray(content) ? content.map(partOf) : [undefined];
  if (parts.every((part) => part !== undefined)) return parts;
  const also = role === 'user' ? ', or a list of { type: text, text } and { type: media, url, contentType }' : '';
  problems.push({ path, message: `\`${path.slice(1)}\` must be a string${also}` });
  return undefined;
}

function partOf(part: unknown): ContentPart | undefined {
  const { type, text, url, contentType } = (typeof part === 'object' && part !== null ? part : {}) as Record<
    string,
    unknown
  >;
  if (type === 'text') return typeof text === 'string' ? { type, text } : undefined;
  if (type !== 'media') return undefined;
  try {
    return mediaPart(url, contentType, '');
  } catch {
    // Told with all that is wrong with the turn.
    return undefined;
  }
}
