import { anthropicContent } from './content.ts';
import { anthropicBatching } from './anthropic-batch.ts';
import { ProviderError } from './error.ts';
import { type Answer, Endpoint } from './http.ts';
import type {
  Completion,
  CompletionRequest,
  FinishReason,
  Provider,
  ProviderConfig,
  ToolCall,
  Usage,
} from './provider.ts';
import { countOf, listOf, mustBe, present, type Shape, shapeOf, textOf } from './shape.ts';
import { eventsIn, isEventStream, jsonIn } from './sse.ts';

/** The API asks for a bound on every request; this is what a prompt without `maxTokens` gets. */
const DEFAULT_MAX_TOKENS = 4096;

export function anthropic(config: ProviderConfig, key: string | undefined): Provider {
  const endpoint = new Endpoint(config.baseUrl ?? 'https://api.anthropic.com/v1', {
    secret: key,
    connections: config.connections,
    headers: { 'anthropic-version': '2023-06-01', ...(key === undefined ? {} : { 'x-api-key': key }) },
  });
  const stream = config.stream ?? false;
  return {
    kind: 'anthropic',
    baseUrl: endpoint.baseUrl,
    async complete(request, options) {
      return readMessage(
        await endpoint.text({ ...options, path: '/messages', body: JSON.stringify(messagesBody(request, stream)) }),
      );
    },
    batching: anthropicBatching(endpoint, { body: (request) => messagesBody(request, false), read: fromBody }),
    close: () => endpoint.close(),
  };
}

export function messagesBody(request: CompletionRequest, stream: boolean): object {
  const { parameters: given, responseFormat: format } = request;
  const instructions = request.messages.filter(({ role }) => role === 'system' || role === 'developer');
  const output = {
    format: format?.type === 'json_schema' ? { type: 'json_schema', schema: format.schema } : undefined,
    effort: given.reasoningEffort,
  };
  return {
    model: request.model,
    max_tokens: given.maxTokens ?? DEFAULT_MAX_TOKENS,
    system:
      instructions.length === 0 ? undefined : instructions.map((message) => anthropicContent(message)).join('\n\n'),
    messages: request.messages.filter((message) => !instructions.includes(message)).map(turnOf),
    temperature: given.temperature,
    top_p: given.topP,
    stop_sequences: given.stop === undefined ? undefined : [given.stop].flat(),
    output_config: output.format === undefined && output.effort === undefined ? undefined : output,
    tools:
      request.tools.length === 0
        ? undefined
        : request.tools.map(({ name, description, parameters }) => ({
            name,
            description,
            input_schema: parameters ?? { type: 'object' },
          })),
    stream: stream ? true : undefined,
  };
}

function turnOf(message: CompletionRequest['messages'][number]): object {
  if (message.role !== 'tool') return { role: message.role, content: anthropicContent(message) };
  return {
    role: 'user',
    content: [{ type: 'tool_result', tool_use_id: message.tool_call_id, content: message.content }],
  };
}

export function readMessage(answer: Answer): Completion {
  return isEventStream(answer) ? fromEvents(eventsIn(answer.text)) : fromBody(shapeOf(jsonIn(answer)));
}

/** A message as the API, and each line of a batch's results, holds it. */
export function fromBody(body: Shape | undefined): Completion {
  const content = mustBe(Array.isArray(body?.content) ? listOf(body.content) : undefined, 'content').map(shapeOf);
  const text = content.filter((part) => part?.type === 'text').map((part) => textOf(part?.text) ?? '');
  const toolCalls = content
    .filter((part) => part?.type === 'tool_use')
    .map((part) =>
      present({ name: textOf(part?.name) ?? '', arguments: JSON.stringify(part?.input ?? {}), id: textOf(part?.id) }),
    );
  return completion(text.join(''), toolCalls, body?.stop_reason, usageOf(shapeOf(body?.usage)));
}

function fromEvents(events: readonly unknown[]): Completion {
  let text = '';
  let stop: unknown;
  let isWhole = false;
  let usage: Shape = {};
  const calls = new Map<number, { name: string; arguments: string; id?: string }>();
  for (const event of events.map(shapeOf)) {
    const index = countOf(event?.index) ?? 0;
    const delta = shapeOf(event?.delta);
    switch (event?.type) {
      case 'message_start':
        usage = { ...usage, ...shapeOf(shapeOf(event.message)?.usage) };
        break;
      case 'content_block_start': {
        const block = shapeOf(event.content_block);
        if (block?.type === 'text') text += textOf(block.text) ?? '';
        if (block?.type === 'tool_use')
          calls.set(index, present({ name: textOf(block.name) ?? '', arguments: '', id: textOf(block.id) }));
        break;
      }
      case 'content_block_delta': {
        if (delta?.type === 'text_delta') text += textOf(delta.text) ?? '';
        const call = calls.get(index);
        if (delta?.type === 'input_json_delta' && call) call.arguments += textOf(delta.partial_json) ?? '';
        break;
      }
      case 'message_delta':
        stop = delta?.stop_reason ?? stop;
        usage = { ...usage, ...shapeOf(event.usage) };
        break;
      case 'message_stop':
        isWhole = true;
        break;
      case 'error':
        throw new ProviderError('busy', `The stream broke off: ${textOf(shapeOf(event.error)?.message) ?? 'an error'}`);
      default:
    }
  }
  if (!isWhole) throw new ProviderError('malformed', 'The stream ended before the answer did');
  return completion(text, [...calls.values()], stop, usageOf(usage));
}

function completion(text: string, toolCalls: readonly ToolCall[], stop: unknown, usage: Usage | undefined): Completion {
  return present({
    text,
    finishReason: finishReason(stop),
    toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
    refusal: stop === 'refusal' ? text : undefined,
    usage,
  });
}

function finishReason(reason: unknown): FinishReason {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'tool_use':
      return 'tool-calls';
    case 'refusal':
      return 'refusal';
    default:
      return 'other';
  }
}

/** Anthropic counts cached tokens beside `input_tokens`; ours includes them. */
function usageOf(usage: Shape | undefined): Usage | undefined {
  const fresh = countOf(usage?.input_tokens);
  const outputTokens = countOf(usage?.output_tokens);
  if (fresh === undefined || outputTokens === undefined) return undefined;
  const cachedInputTokens = countOf(usage?.cache_read_input_tokens);
  const cacheWriteTokens = countOf(usage?.cache_creation_input_tokens);
  return present({
    inputTokens: fresh + (cachedInputTokens ?? 0) + (cacheWriteTokens ?? 0),
    outputTokens,
    cachedInputTokens,
    cacheWriteTokens,
  });
}
