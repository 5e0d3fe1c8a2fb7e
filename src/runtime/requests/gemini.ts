import { isInstruction } from '../message.ts';
import type { Rendered } from '../prompt.ts';

/** The body of a request to Gemini's generateContent; the model stands in its URL. */
export function toGemini(rendered: Rendered): Record<string, unknown> {
  const { parameters, responseFormat, tools } = rendered;
  const system = rendered.messages.filter(isInstruction).map(({ content }) => ({ text: content }));
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
    contents: rendered.messages
      .filter((message) => !isInstruction(message))
      .map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
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
