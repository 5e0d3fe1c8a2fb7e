import { isInstruction, type RenderedMessage } from '../message.ts';
import type { Rendered } from '../rendered.ts';
import { anthropicContent } from './media.ts';
import { modelName } from './openai.ts';
import { argumentsOf, toolCallsOf } from './tool-calls.ts';

/** Anthropic asks for a limit on every request; this one stands where the prompt names none. */
const DEFAULT_MAX_TOKENS = 4096;

/**
 * The body of a request to Anthropic's messages. System messages become `system`, with a cache breakpoint at the end of the
 * static prefix; neighbours of one role are joined, as the API wants turns to alternate. A history's tool calls and results keep
 * their own blocks.
 */
export function toAnthropic(rendered: Rendered): Record<string, unknown> {
  const { parameters, responseFormat, tools } = rendered;
  const system = rendered.messages
    .filter(isInstruction)
    .map((message) => ({ type: 'text', text: anthropicContent(message) }));
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

type Block = Readonly<Record<string, unknown>>;

/** Neighbours of one role become one turn, each with a block of its own: where one ends stays plain to the model. */
function joined(messages: readonly RenderedMessage[]): { role: string; content: string | Block[] }[] {
  const turns: { role: string; blocks: Block[] }[] = [];
  for (const message of messages) {
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) last.blocks.push(...blocksOf(message));
    else turns.push({ role, blocks: blocksOf(message) });
  }
  return turns.map(({ role, blocks }) => {
    const [first, ...rest] = blocks;
    return { role, content: rest.length === 0 && typeof first?.['text'] === 'string' ? first['text'] : blocks };
  });
}

function blocksOf(message: RenderedMessage): Block[] {
  const { role, content, tool_call_id } = message;
  if (role === 'tool' && tool_call_id !== undefined)
    return [{ type: 'tool_result', tool_use_id: tool_call_id, content }];
  const calls = toolCallsOf(message).map((call) => ({
    type: 'tool_use',
    id: call.id,
    name: call.name,
    input: argumentsOf(call),
  }));
  // An empty block is refused; a turn that only calls has no text.
  const blocks = anthropicContent(message);
  if (typeof blocks !== 'string') return [...blocks, ...calls] as Block[];
  return blocks === '' && calls.length > 0 ? calls : [{ type: 'text', text: blocks }, ...calls];
}
