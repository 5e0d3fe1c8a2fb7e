import { responsesContent } from './content.ts';
import { ProviderError } from './error.ts';
import type { Answer } from './http.ts';
import type { Completion, CompletionRequest, FinishReason, ToolCall } from './provider.ts';
import { countOf, listOf, mustBe, present, type Shape, shapeOf, textOf } from './shape.ts';
import { eventsIn, isEventStream, jsonIn } from './sse.ts';

/** The words of POST /responses. `store: false`: an eval leaves nothing at the provider. */
export function responsesBody(request: CompletionRequest, options: { readonly stream: boolean }): string {
  const { parameters: given, responseFormat: format } = request;
  return JSON.stringify({
    model: request.model,
    input: request.messages.map(inputOf),
    temperature: given.temperature,
    top_p: given.topP,
    max_output_tokens: given.maxTokens,
    reasoning: given.reasoningEffort === undefined ? undefined : { effort: given.reasoningEffort },
    text: format === undefined || format.type === 'text' ? undefined : { format: textFormat(format) },
    tools:
      request.tools.length === 0
        ? undefined
        : request.tools.map(({ name, description, parameters }) => ({
            type: 'function',
            name,
            description,
            parameters,
            strict: false,
          })),
    store: false,
    stream: options.stream ? true : undefined,
  });
}

function inputOf(message: CompletionRequest['messages'][number]): object {
  if (message.role === 'tool')
    return { type: 'function_call_output', call_id: message.tool_call_id, output: message.content };
  return { role: message.role, content: responsesContent(message) };
}

function textFormat(format: NonNullable<CompletionRequest['responseFormat']>): object {
  if (format.type !== 'json_schema') return { type: format.type };
  return { type: 'json_schema', name: format.name ?? 'answer', strict: format.strict, schema: format.schema };
}

export function readResponse(answer: Answer): Completion {
  if (!isEventStream(answer)) return fromResponse(shapeOf(jsonIn(answer)));
  for (const event of eventsIn(answer.text).reverse()) {
    const shape = shapeOf(event);
    if (shape?.type === 'response.completed' || shape?.type === 'response.incomplete')
      return fromResponse(shapeOf(shape.response));
    if (shape?.type === 'response.failed' || shape?.type === 'error') {
      throw new ProviderError(
        'busy',
        `The response failed: ${textOf(shapeOf(shapeOf(shape.response)?.error)?.message) ?? textOf(shape.message) ?? 'no reason given'}`,
      );
    }
  }
  throw new ProviderError('malformed', 'The stream ended before the answer did');
}

/** A response as the API, and each line of a batch's results, holds it. */
export function fromResponse(response: Shape | undefined): Completion {
  const output = mustBe(Array.isArray(response?.output) ? listOf(response.output) : undefined, 'output');
  let text: string | undefined;
  let refusal: string | undefined;
  const toolCalls: ToolCall[] = [];
  for (const part of output.map(shapeOf)) {
    if (part?.type === 'function_call') {
      toolCalls.push(
        present({
          name: mustBe(textOf(part.name), 'name in function_call'),
          arguments: textOf(part.arguments) ?? '',
          id: textOf(part.call_id),
        }),
      );
    }
    if (part?.type !== 'message') continue;
    for (const content of listOf(part.content).map(shapeOf)) {
      if (content?.type === 'output_text') text = (text ?? '') + (textOf(content.text) ?? '');
      if (content?.type === 'refusal') refusal = (refusal ?? '') + (textOf(content.refusal) ?? '');
    }
  }
  const finish = finishReason(response, toolCalls.length > 0);
  if (text === undefined && toolCalls.length === 0 && refusal === undefined && finish === 'stop') {
    throw new ProviderError('malformed', 'The answer has no content');
  }
  const usage = shapeOf(response?.usage);
  const inputTokens = countOf(usage?.input_tokens);
  const outputTokens = countOf(usage?.output_tokens);
  return present({
    text: text ?? '',
    finishReason: finish,
    toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
    refusal,
    usage:
      inputTokens === undefined || outputTokens === undefined
        ? undefined
        : present({
            inputTokens,
            outputTokens,
            cachedInputTokens: countOf(shapeOf(usage?.input_tokens_details)?.cached_tokens),
            reasoningTokens: countOf(shapeOf(usage?.output_tokens_details)?.reasoning_tokens),
          }),
  });
}

function finishReason(response: Shape | undefined, hasCalls: boolean): FinishReason {
  if (response?.status === 'incomplete') {
    return shapeOf(response.incomplete_details)?.reason === 'content_filter' ? 'content-filter' : 'length';
  }
  if (response?.status === 'failed')
    throw new ProviderError(
      'busy',
      `The response failed: ${textOf(shapeOf(response.error)?.message) ?? 'no reason given'}`,
    );
  return hasCalls ? 'tool-calls' : 'stop';
}
