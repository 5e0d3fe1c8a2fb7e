import { chatContent } from './content.ts';
import { ProviderError } from './error.ts';
import type { Answer } from './http.ts';
import type { Completion, CompletionRequest, FinishReason, ToolCall, Usage } from './provider.ts';
import { countOf, listOf, mustBe, present, type Shape, shapeOf, textOf } from './shape.ts';
import { eventsIn, isEventStream, jsonIn } from './sse.ts';

/** The words of POST /chat/completions, which OpenAI coined and compatible servers speak. */
export function chatBody(
  request: CompletionRequest,
  options: { readonly stream: boolean; readonly maxTokensKey: string },
): string {
  const { parameters: given, responseFormat: format } = request;
  return JSON.stringify({
    model: request.model,
    messages: request.messages.map((message) => ({ ...message, content: chatContent(message) })),
    temperature: given.temperature,
    top_p: given.topP,
    [options.maxTokensKey]: given.maxTokens,
    stop: given.stop,
    seed: given.seed,
    frequency_penalty: given.frequencyPenalty,
    presence_penalty: given.presencePenalty,
    reasoning_effort: given.reasoningEffort,
    response_format: format === undefined || format.type === 'text' ? undefined : responseFormat(format),
    tools:
      request.tools.length === 0
        ? undefined
        : request.tools.map(({ name, description, parameters }) => ({
            type: 'function',
            function: { name, description, parameters },
          })),
    ...(options.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
}

function responseFormat(format: NonNullable<CompletionRequest['responseFormat']>): object {
  if (format.type !== 'json_schema') return { type: format.type };
  return {
    type: 'json_schema',
    json_schema: { name: format.name ?? 'answer', strict: format.strict, schema: format.schema },
  };
}

export function readChat(answer: Answer): Completion {
  return isEventStream(answer) ? fromEvents(eventsIn(answer.text)) : fromChatBody(jsonIn(answer));
}

/** A chat completion as the API, and each line of a batch's results, holds it. */
export function fromChatBody(body: unknown): Completion {
  const choice = mustBe(shapeOf(listOf(shapeOf(body)?.choices)[0]), 'choices');
  const message = mustBe(shapeOf(choice.message), 'message');
  const toolCalls = listOf(message.tool_calls).map(toolCall);
  return completion(
    textOf(message.content),
    toolCalls,
    textOf(message.refusal),
    choice.finish_reason,
    shapeOf(shapeOf(body)?.usage),
  );
}

function fromEvents(events: readonly unknown[]): Completion {
  let text: string | undefined;
  let refusal: string | undefined;
  let finish: unknown;
  let usage: Shape | undefined;
  const calls: { name: string; arguments: string; id?: string }[] = [];
  for (const event of events) {
    const chunk = shapeOf(event);
    if (!chunk) continue;
    if (chunk.error !== undefined)
      throw new ProviderError('busy', `The stream broke off: ${textOf(shapeOf(chunk.error)?.message) ?? 'an error'}`);
    usage = shapeOf(chunk.usage) ?? usage;
    const choice = shapeOf(listOf(chunk.choices)[0]);
    const delta = shapeOf(choice?.delta);
    const piece = textOf(delta?.content);
    if (piece !== undefined) text = (text ?? '') + piece;
    const declined = textOf(delta?.refusal);
    if (declined !== undefined) refusal = (refusal ?? '') + declined;
    for (const part of listOf(delta?.tool_calls)) addToolPart(calls, shapeOf(part));
    if (choice?.finish_reason !== undefined && choice.finish_reason !== null) finish = choice.finish_reason;
  }
  // Some servers leave the end marker out; none leaves out both it and the reason.
  if (finish === undefined && events.at(-1) !== '[DONE]')
    throw new ProviderError('malformed', 'The stream ended before the answer did');
  return completion(text, calls, refusal, finish, usage);
}

function addToolPart(calls: { name: string; arguments: string; id?: string }[], part: Shape | undefined): void {
  const index = countOf(part?.index) ?? calls.length;
  const call = (calls[index] ??= { name: '', arguments: '' });
  const spoken = shapeOf(part?.function);
  const id = textOf(part?.id);
  if (id !== undefined) call.id = id;
  call.name += textOf(spoken?.name) ?? '';
  call.arguments += textOf(spoken?.arguments) ?? '';
}

function toolCall(value: unknown): ToolCall {
  const spoken = mustBe(shapeOf(shapeOf(value)?.function), 'function in tool_calls');
  return present({
    name: mustBe(textOf(spoken.name), 'name in tool_calls'),
    arguments: textOf(spoken.arguments) ?? '',
    id: textOf(shapeOf(value)?.id),
  });
}

function completion(
  text: string | undefined,
  toolCalls: readonly ToolCall[],
  refusal: string | undefined,
  finish: unknown,
  usage: Shape | undefined,
): Completion {
  if (text === undefined && toolCalls.length === 0 && refusal === undefined)
    throw new ProviderError('malformed', 'The answer has no content');
  return present({
    text: text ?? '',
    finishReason: finishReason(finish),
    toolCalls: toolCalls.length > 0 ? toolCalls.filter(Boolean) : undefined,
    refusal,
    usage: usage && usageOf(usage),
  });
}

function finishReason(reason: unknown): FinishReason {
  switch (reason) {
    case 'stop':
    case 'length':
      return reason;
    case 'tool_calls':
    case 'function_call':
      return 'tool-calls';
    case 'content_filter':
      return 'content-filter';
    default:
      return 'other';
  }
}

function usageOf(usage: Shape): Usage | undefined {
  const inputTokens = countOf(usage.prompt_tokens);
  const outputTokens = countOf(usage.completion_tokens);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return present({
    inputTokens,
    outputTokens,
    cachedInputTokens: countOf(shapeOf(usage.prompt_tokens_details)?.cached_tokens),
    reasoningTokens: countOf(shapeOf(usage.completion_tokens_details)?.reasoning_tokens),
  });
}
