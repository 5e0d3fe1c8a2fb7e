import { geminiParts } from './content.ts';
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

export function gemini(config: ProviderConfig, key: string | undefined): Provider {
  // The key goes in a header: in the query it would stand in every log on the way.
  const endpoint = new Endpoint(config.baseUrl ?? 'https://generativelanguage.googleapis.com/v1beta', {
    secret: key,
    connections: config.connections,
    headers: key === undefined ? {} : { 'x-goog-api-key': key },
  });
  const stream = config.stream ?? false;
  return {
    kind: 'gemini',
    baseUrl: endpoint.baseUrl,
    async complete(request, options) {
      const method = stream ? ':streamGenerateContent?alt=sse' : ':generateContent';
      const path = `/models/${encodeURIComponent(request.model)}${method}`;
      return readContent(await endpoint.text({ ...options, path, body: JSON.stringify(contentBody(request)) }));
    },
    close: () => endpoint.close(),
  };
}

export function contentBody(request: CompletionRequest): object {
  const { parameters: given, responseFormat: format } = request;
  const instructions = request.messages.filter(({ role }) => role === 'system' || role === 'developer');
  return {
    systemInstruction: instructions.length === 0 ? undefined : { parts: instructions.flatMap(geminiParts) },
    contents: request.messages.filter((message) => !instructions.includes(message)).map(turnOf),
    generationConfig: {
      temperature: given.temperature,
      topP: given.topP,
      maxOutputTokens: given.maxTokens,
      stopSequences: given.stop === undefined ? undefined : [given.stop].flat(),
      seed: given.seed,
      frequencyPenalty: given.frequencyPenalty,
      presencePenalty: given.presencePenalty,
      thinkingConfig: given.reasoningEffort === undefined ? undefined : { thinkingLevel: given.reasoningEffort },
      responseMimeType: format === undefined || format.type === 'text' ? undefined : 'application/json',
      responseJsonSchema: format?.type === 'json_schema' ? format.schema : undefined,
    },
    tools:
      request.tools.length === 0
        ? undefined
        : [
            {
              functionDeclarations: request.tools.map(({ name, description, parameters }) => ({
                name,
                description,
                parametersJsonSchema: parameters,
              })),
            },
          ],
  };
}

function turnOf(message: CompletionRequest['messages'][number]): object {
  if (message.role === 'tool') {
    return {
      role: 'user',
      parts: [
        { functionResponse: { name: message.name ?? message.tool_call_id, response: { result: message.content } } },
      ],
    };
  }
  return { role: message.role === 'assistant' ? 'model' : 'user', parts: geminiParts(message) };
}

function readContent(answer: Answer): Completion {
  const chunks = isEventStream(answer) ? eventsIn(answer.text).map(shapeOf) : [shapeOf(jsonIn(answer))];
  let text = '';
  let finish: unknown;
  let usage: Shape | undefined;
  let hasCandidate = false;
  const toolCalls: ToolCall[] = [];
  for (const chunk of chunks) {
    const blocked = textOf(shapeOf(chunk?.promptFeedback)?.blockReason);
    if (blocked !== undefined) return { text: '', finishReason: 'content-filter', refusal: blocked };
    usage = shapeOf(chunk?.usageMetadata) ?? usage;
    const candidate = shapeOf(listOf(chunk?.candidates)[0]);
    if (!candidate) continue;
    hasCandidate = true;
    finish = candidate.finishReason ?? finish;
    for (const part of listOf(shapeOf(candidate.content)?.parts).map(shapeOf)) {
      if (part?.thought !== true) text += textOf(part?.text) ?? '';
      const call = shapeOf(part?.functionCall);
      if (call)
        toolCalls.push({
          name: mustBe(textOf(call.name), 'name in functionCall'),
          arguments: JSON.stringify(call.args ?? {}),
        });
    }
  }
  if (!hasCandidate) throw new ProviderError('malformed', 'The answer has no candidates');
  if (finish === undefined) throw new ProviderError('malformed', 'The stream ended before the answer did');
  return present({
    text,
    finishReason: toolCalls.length > 0 ? 'tool-calls' : finishReason(finish),
    toolCalls: toolCalls.length > 0 ? toolCalls : undefined,
    usage: usageOf(usage),
  });
}

const FILTERS = new Set(['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY']);

function finishReason(reason: unknown): FinishReason {
  if (reason === 'STOP') return 'stop';
  if (reason === 'MAX_TOKENS') return 'length';
  return typeof reason === 'string' && FILTERS.has(reason) ? 'content-filter' : 'other';
}

/** Gemini counts thoughts beside the candidates; both are billed as output. */
function usageOf(usage: Shape | undefined): Usage | undefined {
  const inputTokens = countOf(usage?.promptTokenCount);
  if (inputTokens === undefined) return undefined;
  const reasoningTokens = countOf(usage?.thoughtsTokenCount);
  return present({
    inputTokens,
    outputTokens: (countOf(usage?.candidatesTokenCount) ?? 0) + (reasoningTokens ?? 0),
    cachedInputTokens: countOf(usage?.cachedContentTokenCount),
    reasoningTokens,
  });
}
