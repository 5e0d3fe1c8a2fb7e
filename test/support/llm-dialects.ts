import type { Asked } from './llm-server.ts';

export interface Spoken {
  readonly text: string;
  readonly call: { readonly name: string; readonly arguments: string } | undefined;
  readonly asked: Asked;
}

/** One API's words: how it says an answer, an answer in pieces, and an error. */
export interface Dialect {
  readonly path: RegExp;
  user(body: Readonly<Record<string, unknown>>): string;
  body(spoken: Spoken): unknown;
  frames(spoken: Spoken): readonly string[];
  error(status: number, message: string): unknown;
}

const tokens = (text: string): number => Math.max(1, Math.ceil(text.length / 4));
const counts = ({ asked, text }: Spoken): [number, number] => [tokens(asked.user), tokens(text)];
const pieces = (text: string): string[] => text.match(/[\s\S]{1,8}/gu) ?? [''];
const frame = (event: unknown): string => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`;
const event = (type: string, more: object): string => named({ type, ...more });
const named = (event: { type: string }): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

function lastUser(messages: unknown): string {
  if (typeof messages === 'string') return messages;
  const list = (Array.isArray(messages) ? messages : []) as { role?: string; content?: unknown; parts?: unknown }[];
  const last = list.findLast(({ role }) => role === 'user') ?? list.at(-1);
  const content = last?.content ?? last?.parts;
  if (typeof content === 'string') return content;
  return (Array.isArray(content) ? content : []).map((part: { text?: string }) => part.text ?? '').join('');
}

const openAiError = (status: number, message: string): unknown => ({
  error: { message, type: status === 429 ? 'rate_limit_exceeded' : 'server_error' },
});

const chat: Dialect = {
  path: /\/chat\/completions$/,
  user: (body) => lastUser(body.messages),
  body(spoken) {
    const [prompt_tokens, completion_tokens] = counts(spoken);
    const tool_calls = spoken.call && [{ id: 'call_1', type: 'function', function: spoken.call }];
    return {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: spoken.asked.model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: spoken.call ? null : spoken.text, tool_calls },
          finish_reason: spoken.call ? 'tool_calls' : 'stop',
        },
      ],
      usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
    };
  },
  frames(spoken) {
    const [prompt_tokens, completion_tokens] = counts(spoken);
    const chunk = (choices: unknown[], more: object = {}): string =>
      frame({ object: 'chat.completion.chunk', model: spoken.asked.model, choices, ...more });
    const delta = (content: object, finish_reason: string | null = null): string =>
      chunk([{ index: 0, delta: content, finish_reason }]);
    const said = spoken.call
      ? [
          delta({
            tool_calls: [
              { index: 0, id: 'call_1', type: 'function', function: { name: spoken.call.name, arguments: '' } },
            ],
          }),
          ...pieces(spoken.call.arguments).map((part) =>
            delta({ tool_calls: [{ index: 0, function: { arguments: part } }] }),
          ),
        ]
      : pieces(spoken.text).map((content) => delta({ content }));
    return [
      delta({ role: 'assistant' }),
      ...said,
      delta({}, spoken.call ? 'tool_calls' : 'stop'),
      chunk([], { usage: { prompt_tokens, completion_tokens } }),
      frame('[DONE]'),
    ];
  },
  error: openAiError,
};

const responses: Dialect = {
  path: /\/responses$/,
  user: (body) => lastUser(body.input),
  body(spoken) {
    const [input_tokens, output_tokens] = counts(spoken);
    const output = spoken.call
      ? [{ type: 'function_call', call_id: 'call_1', ...spoken.call }]
      : [
          {
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: spoken.text, annotations: [] }],
          },
        ];
    return {
      id: 'resp_1',
      object: 'response',
      status: 'completed',
      model: spoken.asked.model,
      output,
      usage: { input_tokens, output_tokens },
    };
  },
  frames(spoken) {
    return [
      named({ type: 'response.created' }),
      ...pieces(spoken.text).map((delta) => named({ type: 'response.output_text.delta', delta } as { type: string })),
      named({ type: 'response.completed', response: this.body(spoken) } as { type: string }),
    ];
  },
  error: openAiError,
};

const messages: Dialect = {
  path: /\/messages$/,
  user: (body) => lastUser(body.messages),
  body(spoken) {
    const [input_tokens, output_tokens] = counts(spoken);
    const content = spoken.call
      ? [
          {
            type: 'tool_use',
            id: 'call_1',
            name: spoken.call.name,
            input: JSON.parse(spoken.call.arguments) as unknown,
          },
        ]
      : [{ type: 'text', text: spoken.text }];
    const stop_reason = spoken.call ? 'tool_use' : 'end_turn';
    return {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: spoken.asked.model,
      content,
      stop_reason,
      usage: { input_tokens, output_tokens },
    };
  },
  frames(spoken) {
    const [input_tokens, output_tokens] = counts(spoken);
    const said = spoken.call
      ? [
          event('content_block_start', {
            index: 0,
            content_block: { type: 'tool_use', id: 'call_1', name: spoken.call.name, input: {} },
          }),
          ...pieces(spoken.call.arguments).map((partial_json) =>
            event('content_block_delta', { index: 0, delta: { type: 'input_json_delta', partial_json } }),
          ),
        ]
      : [
          event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
          ...pieces(spoken.text).map((text) =>
            event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
          ),
        ];
    return [
      event('message_start', { message: { content: [], usage: { input_tokens, output_tokens: 1 } } }),
      ...said,
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        delta: { stop_reason: spoken.call ? 'tool_use' : 'end_turn' },
        usage: { output_tokens },
      }),
      event('message_stop', {}),
    ];
  },
  error: (status, message) => ({
    type: 'error',
    error: { type: status === 429 ? 'rate_limit_error' : 'api_error', message },
  }),
};

const generateContent: Dialect = {
  path: /:(stream)?[gG]enerateContent$/,
  user: (body) => lastUser(body.contents),
  body(spoken) {
    const [promptTokenCount, candidatesTokenCount] = counts(spoken);
    const parts = spoken.call
      ? [{ functionCall: { name: spoken.call.name, args: JSON.parse(spoken.call.arguments) as unknown } }]
      : [{ text: spoken.text }];
    return {
      candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount, candidatesTokenCount },
    };
  },
  frames(spoken) {
    const [promptTokenCount, candidatesTokenCount] = counts(spoken);
    const said = spoken.call
      ? [{ functionCall: { name: spoken.call.name, args: JSON.parse(spoken.call.arguments) as unknown } }]
      : pieces(spoken.text).map((text) => ({ text }));
    return [
      ...said.map((part) => frame({ candidates: [{ content: { role: 'model', parts: [part] } }] })),
      frame({
        candidates: [{ content: { parts: [] }, finishReason: 'STOP' }],
        usageMetadata: { promptTokenCount, candidatesTokenCount },
      }),
    ];
  },
  error: (status, message) => ({
    error: { code: status, message, status: status === 429 ? 'RESOURCE_EXHAUSTED' : 'INTERNAL' },
  }),
};

/** A bag of words, each word hashed to one signed dimension: like texts get like vectors. */
function vectorOf(text: string): number[] {
  const vector = Array.from({ length: 64 }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193) >>> 0;
    vector[hash % 64]! += hash & 0x8000 ? 1 : -1;
  }
  return vector;
}

function vectorDialect(path: RegExp, entryOf: (text: string) => object): Dialect {
  return {
    path,
    user: (body) => [body.input].flat().join('\n'),
    body({ asked }) {
      const data = ([asked.body.input].flat() as string[]).map((text, index) => ({ index, ...entryOf(text) }));
      // Clients must go by the index.
      return { object: 'list', data: data.reverse(), usage: { prompt_tokens: tokens(asked.user) } };
    },
    frames: () => [],
    error: openAiError,
  };
}

const embeddings = vectorDialect(/\/embeddings$/, (text) => ({ object: 'embedding', embedding: vectorOf(text) }));

/** Our own shape for token vectors: each word is a token, between two of the model's own. */
const tokenEmbeddings = vectorDialect(/\/token-embeddings$/, (text) => {
  const words = ['[CLS]', ...(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []), '[SEP]'];
  return { tokens: words, vectors: words.map(vectorOf) };
});

export const dialects: readonly Dialect[] = [chat, responses, messages, generateContent, embeddings, tokenEmbeddings];
