import { isInstruction, type RenderedMessage } from '../message.ts';
import type { Rendered } from '../prompt.ts';
import { modelName } from './openai.ts';

/** Anthropic asks for a limit on every request; this one stands where the prompt names none. */
const DEFAULT_MAX_TOKENS = 4096;

/**
 * The body of a request to Anthropic's messages. System messages become `system`, with a cache breakpoint at the end of the
 * static prefix; neighbours of one role are joined, as the API wants turns to alternate.
 */
export function toAnthropic(rendered: Rendered): Record<string, unknown> {
  const { parameters, responseFormat, tools } = rendered;
  const system = rendered.messages.filter(isInstruction).map(({ content }) => ({ type: 'text', text: content }));
  const prefix = rendered.messages.slice(0, rendered.staticMessages).filter(isInstruction).length;
  const { stop } = parameters;
  return {
    ...(rendered.model === undefined ? {} : { model: modelName(rendered.model) }),
    max_tokens: parameters.maxTokens ?? DEFAULT_MAX_TOKENS,
    ...(system.length > 0 ? { system: withBreakpoint(system, prefix) } : {}),
    messages: joined(rendered.messages.filter((message) => !isInstruction(message))),
    ...(parameters.temperature === undefined ? {} : { temperature: parameters.temperature }),
    ...(parameters.topP === undefined ? {} : { top_p: parameters.topP }),
    ...(stop === undefined ? {} : { stop_sequences: typeof stop === 'string' ? [stop] : stop }),
    ...(tools.length > 0
      ? {
          tools: tools.map(({ name, description, parameters: schema }) => ({
            name,
            ...(description === undefined ? {} : { description }),
            input_schema: schema ?? { type: 'object' },
          })),
        }
      : {}),
    ...(responseFormat?.type === 'json_schema' && responseFormat.schema
      ? { output_config: { format: { type: 'json_schema', schema: responseFormat.schema } } }
      : {}),
  };
}

function withBreakpoint(blocks: readonly object[], prefix: number): readonly object[] {
  return blocks.map((block, at) => (at === prefix - 1 ? { ...block, cache_control: { type: 'ephemeral' } } : block));
}

function joined(messages: readonly RenderedMessage[]): { role: string; content: string }[] {
  const out: { role: string; content: string }[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = out.at(-1);
    if (last?.role === role) last.content += `\n\n${message.content}`;
    else out.push({ role, content: message.content });
  }
  return out;
}
