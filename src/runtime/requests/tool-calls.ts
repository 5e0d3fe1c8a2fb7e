import type { RenderedMessage } from '../message.ts';

/** A call of a tool by the model, as a turn of a history holds it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, as the model wrote it. */
  readonly text: string;
}

/** The calls of a turn in the shape of chat completions: `{ id, function: { name, arguments } }`. What has another shape is no call. */
export function toolCallsOf({ tool_calls: calls }: RenderedMessage): readonly ToolCall[] {
  return (Array.isArray(calls) ? calls : []).flatMap((call: unknown): ToolCall[] => {
    const { id, function: called } = (call ?? {}) as {
      id?: unknown;
      function?: { name?: unknown; arguments?: unknown };
    };
    if (typeof id !== 'string' || typeof called?.name !== 'string') return [];
    return [{ id, name: called.name, text: typeof called.arguments === 'string' ? called.arguments : '{}' }];
  });
}

/** The arguments as an object; those that the model wrote badly are none. */
export function argumentsOf({ text }: ToolCall): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // The provider wants an object whatever the model wrote; the tool has answered it already.
  }
  return {};
}
