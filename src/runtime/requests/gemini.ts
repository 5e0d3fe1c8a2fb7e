import { isInstruction, type RenderedMessage } from '../message.ts';
import type { Rendered } from '../rendered.ts';
import { geminiParts } from './media.ts';
import { argumentsOf, toolCallsOf } from './tool-calls.ts';

/** The body of a request to Gemini's generateContent; the model stands in its URL. */
export function toGemini(rendered: Rendered): Record<string, unknown> {
  const { parameters, responseFormat, tools } = rendered;
  const system = rendered.messages.filter(isInstruction).flatMap(geminiParts);
  const { stop } = parameters;
  const config = {
    ...(parameters.temperature === undefined ? {} : { temperature: parameters.temperature }),
    ...(parameters.topP === undefined ? {} : { topP: parameters.topP }),
    ...(parameters.maxTokens === undefined ? {} : { maxOutputTokens: parameters.maxTokens }),
    ...(stop === undefined ? {} : { stopSequences: typeof stop === 'string' ? [stop] : stop }),
    ...(parameters.seed === undefined ? {} : { seed: parameters.seed }),
    ...(parameters.frequencyPenalty === undefined ? {} : { frequencyPenalty: parameters.frequencyPenalty }),
    ...(parameters.presencePenalty === undefined ? {} : { presencePenalty: parameters.presencePenalty }),
    ...(responseFormat && responseFormat.type !== 'text' ? { responseMimeType: 'application/json' } : {}),
    ...(responseFormat?.schema ? { responseJsonSchema: responseFormat.schema } : {}),
  };
  return {
    ...(system.length > 0 ? { systemInstruction: { parts: system } } : {}),
    contents: contentsOf(rendered.messages.filter((message) => !isInstruction(message))),
    ...(tools.length > 0
      ? {
          tools: [
            {
              functionDeclarations: tools.map(({ name, description, parameters: schema }) => ({
                name,
                ...(description === undefined ? {} : { description }),
                ...(schema === undefined ? {} : { parametersJsonSchema: schema }),
              })),
            },
          ],
        }
      : {}),
    ...(Object.keys(config).length > 0 ? { generationConfig: config } : {}),
  };
}

/** Gemini answers a call by the tool's name, which the result of a history mostly leaves to the call with its id. */
function contentsOf(messages: readonly RenderedMessage[]): object[] {
  const nameById = new Map<string, string>();
  return messages.map((message) => {
    const { role, content, name, tool_call_id: id } = message;
    const calls = toolCallsOf(message);
    for (const call of calls) nameById.set(call.id, call.name);
    const tool = name ?? nameById.get(id ?? '');
    if (role === 'tool' && tool !== undefined)
      return { role: 'user', parts: [{ functionResponse: { name: tool, response: { result: content } } }] };
    const parts = calls.map((call) => ({ functionCall: { name: call.name, args: argumentsOf(call) } }));
    const text = content === '' && calls.length > 0 ? [] : geminiParts(message);
    return { role: role === 'assistant' ? 'model' : 'user', parts: [...text, ...parts] };
  });
}
