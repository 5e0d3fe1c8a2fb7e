import type { ParametersJson } from '../bundle.ts';
import type { RenderedMessage } from '../message.ts';
import type { Rendered } from '../rendered.ts';
import { chatContent, responsesContent } from './media.ts';
import { toolCallsOf } from './tool-calls.ts';

/** The body of a request to OpenAI's chat completions, and to whatever speaks its protocol. */
export function toOpenAI(rendered: Rendered): Record<string, unknown> {
  const { parameters, responseFormat, tools } = rendered;
  return {
    ...(rendered.model === undefined ? {} : { model: modelName(rendered.model) }),
    messages: rendered.messages.map((message) => withContent(message, chatContent(message))),
    ...samplingOf(parameters),
    ...(parameters.maxTokens === undefined ? {} : { max_completion_tokens: parameters.maxTokens }),
    ...(parameters.stop === undefined ? {} : { stop: parameters.stop }),
    ...(parameters.seed === undefined ? {} : { seed: parameters.seed }),
    ...(parameters.frequencyPenalty === undefined ? {} : { frequency_penalty: parameters.frequencyPenalty }),
    ...(parameters.presencePenalty === undefined ? {} : { presence_penalty: parameters.presencePenalty }),
    ...(parameters.reasoningEffort === undefined ? {} : { reasoning_effort: parameters.reasoningEffort }),
    ...(tools.length > 0 ? { tools: tools.map((tool) => ({ type: 'function', function: tool })) } : {}),
    ...(responseFormat && responseFormat.type !== 'text' ? { response_format: chatFormat(responseFormat) } : {}),
  };
}

/** The body of a request to OpenAI's responses. */
export function toOpenAIResponses(rendered: Rendered): Record<string, unknown> {
  const { parameters, responseFormat, tools } = rendered;
  return {
    ...(rendered.model === undefined ? {} : { model: modelName(rendered.model) }),
    input: rendered.messages.flatMap(inputItems),
    ...samplingOf(parameters),
    ...(parameters.maxTokens === undefined ? {} : { max_output_tokens: parameters.maxTokens }),
    ...(parameters.reasoningEffort === undefined ? {} : { reasoning: { effort: parameters.reasoningEffort } }),
    ...(tools.length > 0 ? { tools: tools.map((tool) => ({ type: 'function', ...tool })) } : {}),
    ...(responseFormat && responseFormat.type !== 'text' ? { text: { format: responsesFormat(responseFormat) } } : {}),
  };
}

/** Calls and their results are items of their own. */
function inputItems(message: RenderedMessage): object[] {
  const { role, content, tool_call_id } = message;
  if (role === 'tool' && tool_call_id !== undefined)
    return [{ type: 'function_call_output', call_id: tool_call_id, output: content }];
  const calls = toolCallsOf(message).map(({ id, name, text }) => ({
    type: 'function_call',
    call_id: id,
    name,
    arguments: text,
  }));
  return content === '' && calls.length > 0 ? calls : [{ role, content: responsesContent(message) }, ...calls];
}

/** The message itself where its content is text already. */
function withContent(message: RenderedMessage, content: unknown): object {
  return content === message.content ? message : { ...message, content };
}

function samplingOf(parameters: ParametersJson): Record<string, unknown> {
  return {
    ...(parameters.temperature === undefined ? {} : { temperature: parameters.temperature }),
    ...(parameters.topP === undefined ? {} : { top_p: parameters.topP }),
  };
}

type Format = NonNullable<Rendered['responseFormat']>;

function chatFormat(format: Format): Record<string, unknown> {
  if (format.type !== 'json_schema') return { type: format.type };
  const { type, ...schema } = format;
  return { type, json_schema: schema };
}

function responsesFormat(format: Format): Record<string, unknown> {
  return { ...format };
}

/** The provider's own name of a model: what stands after the publisher. */
export function modelName(model: string): string {
  return model.slice(model.indexOf('/') + 1);
}
