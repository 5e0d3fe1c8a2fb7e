import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createProvider,
  type CompletionRequest,
  type Provider,
  type ProviderConfig,
  ProviderError,
} from '../../src/providers/index.ts';
import { LlmServer, type LlmServerOptions } from '../support/llm-server.ts';

const KEY = 'sk-support-desk-0123456789';

const request: CompletionRequest = {
  model: 'desk-1',
  messages: [
    { role: 'system', content: 'You sort tickets.' },
    { role: 'user', content: 'The app crashes at start.' },
  ],
  parameters: { temperature: 0, maxTokens: 64, stop: 'END' },
  tools: [],
};

const networked: readonly (ProviderConfig & { readonly path: string; readonly stream: boolean })[] = [
  { kind: 'openai', path: '/v1' },
  { kind: 'openai', api: 'responses', path: '/v1' } as const,
  { kind: 'openai-compatible', path: '/v1' },
  { kind: 'anthropic', path: '/v1' },
  { kind: 'gemini', path: '/v1beta' },
].flatMap((provider) => [
  { ...provider, stream: false },
  { ...provider, stream: true },
]);

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close();
});

async function serve(options: LlmServerOptions = {}): Promise<LlmServer> {
  const server = await LlmServer.start(options);
  open.push({ close: () => server.stop() });
  return server;
}

function connect(server: { url: string }, { path, ...config }: (typeof networked)[number]): Provider {
  const provider = createProvider(
    { ...config, baseUrl: server.url + path, apiKeyEnv: 'DESK_KEY' },
    { environment: { DESK_KEY: KEY }, directory: '.', allowExec: false },
  );
  open.push(provider);
  return provider;
}

const call = { signal: new AbortController().signal, timeoutMs: 5000 };

async function failure(answer: Promise<unknown>): Promise<ProviderError> {
  const error = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProviderError);
  expect((error as ProviderError).message).not.toContain(KEY);
  return error as ProviderError;
}

function shown(contentType: string): CompletionRequest {
  const url = `data:${contentType};base64,iVBORw0KGgo=`;
  const content = [{ type: 'text', text: 'What is it?' } as const, { type: 'media', url, contentType } as const];
  return { ...request, messages: [{ role: 'user', content }] };
}

describe.each(networked)('$kind $api, stream $stream', (kind) => {
  it('gives the answer, the reason it ended and the tokens', async () => {
    const server = await serve({ answer: () => 'bugs — «Ошибка» 🐛' });
    expect(await connect(server, kind).complete(request, call)).toEqual({
      text: 'bugs — «Ошибка» 🐛',
      finishReason: 'stop',
      usage: { inputTokens: 7, outputTokens: 5 },
    });
  });

  it('asks with the prompt, its parameters and the key, on kept connections', async () => {
    const server = await serve();
    const provider = connect(server, kind);
    for (let n = 0; n < 10; n++) await provider.complete(request, call);
    expect(server.connections).toBeLessThanOrEqual(2);
    const { raw, headers } = server.asked[0]!;
    expect(raw).toContain('You sort tickets.');
    expect(raw).toContain('64');
    expect(JSON.stringify(headers)).toContain(KEY);
    expect(server.asked[0]!.model).toBe('desk-1');
  });

  it('shows a picture, and asks nobody where there is none to show', async () => {
    const server = await serve();
    const provider = connect(server, kind);
    await provider.complete(shown('image/png'), call);
    expect(server.asked[0]!.raw).toContain('What is it?');
    expect(server.asked[0]!.raw).toContain('iVBORw0KGgo=');
    if (kind.kind === 'gemini') return;
    expect(await failure(provider.complete(shown('video/mp4'), call))).toMatchObject({
      fault: 'rejected',
      message: expect.stringContaining('take no video/mp4 as data'),
    });
    expect(server.asked).toHaveLength(1);
  });

  it('gives tool calls with their arguments as JSON text', async () => {
    const server = await serve({ toolCall: () => ({ name: 'open_ticket', arguments: '{"queue":"bugs"}' }) });
    const tools = [{ name: 'open_ticket', parameters: { type: 'object' } }] as const;
    const { toolCalls, finishReason } = await connect(server, kind).complete({ ...request, tools }, call);
    expect(toolCalls?.map(({ name, arguments: text }) => [name, JSON.parse(text)])).toEqual([
      ['open_ticket', { queue: 'bugs' }],
    ]);
    expect(finishReason).toBe('tool-calls');
  });

  it('takes an answer of 10 MB', async () => {
    const text = 'x'.repeat(10 * 1024 * 1024);
    const server = await serve({ answer: () => (kind.stream ? text.slice(0, 65_536) : text) });
    expect((await connect(server, kind).complete(request, call)).text.length).toBe(kind.stream ? 65_536 : text.length);
  });

  it.each([
    [429, 'rate-limit'],
    [408, 'busy'],
    [500, 'busy'],
    [529, 'busy'],
    [400, 'rejected'],
    [401, 'rejected'],
    [404, 'rejected'],
  ])('status %i is %s, with the reason and never the key', async (status, fault) => {
    const message = `refused, your key ${KEY} is known`;
    const server = await serve({ fault: () => ({ kind: 'status', status, message, headers: { 'retry-after': '2' } }) });
    const error = await failure(connect(server, kind).complete(request, call));
    expect(error).toMatchObject({ fault, status, retryAfterMs: 2000 });
    expect(error.message).toContain('your key [key] is known');
  });

  it('never passes on a key that the answer repeats', async () => {
    const server = await serve({ answer: () => `The key is ${KEY}` });
    const { text } = await connect(server, { ...kind, stream: false }).complete(request, call);
    expect(text).toBe('The key is [key]');
  });

  it.each(['reset', 'reset-in-body'] as const)('a connection broken at %s can be tried again', async (fault) => {
    const server = await serve({ fault: () => ({ kind: fault }) });
    const error = await failure(connect(server, { ...kind, stream: false }).complete(request, call));
    expect(error).toMatchObject({ fault: 'reset', isRetryable: true });
  });

  it.each(['stall-headers', 'stall-body'] as const)('one clock bounds headers and body: %s', async (fault) => {
    const server = await serve({ fault: () => ({ kind: fault }) });
    expect(await failure(connect(server, kind).complete(request, { ...call, timeoutMs: 80 }))).toMatchObject({
      fault: 'timeout',
    });
  });

  it.each(kind.stream ? (['truncated-stream'] as const) : (['invalid-json', 'wrong-type'] as const))(
    '%s is malformed, not an answer',
    async (fault) => {
      const server = await serve({
        fault: () => ({ kind: fault }),
        answer: () => 'a rather long answer, so that cutting it is felt',
      });
      expect(await failure(connect(server, kind).complete(request, call))).toMatchObject({
        fault: 'malformed',
        isRetryable: false,
      });
    },
  );

  it('an answer without an answer in it is malformed', async () => {
    const server = await serve({ fault: () => ({ kind: 'status', status: 200, message: '{}' }) });
    expect(await failure(connect(server, kind).complete(request, call))).toMatchObject({ fault: 'malformed' });
  });

  it('stops when told to', async () => {
    const server = await serve({ fault: () => ({ kind: 'stall-headers' }) });
    const stop = new AbortController();
    const answer = connect(server, kind).complete(request, { ...call, signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    expect(await failure(answer)).toMatchObject({ fault: 'cancelled' });
  });

  it('a dead endpoint is unreachable', async () => {
    const server = await LlmServer.start();
    const { url } = server;
    await server.stop();
    expect(await failure(connect({ url }, kind).complete(request, call))).toMatchObject({ fault: 'unreachable' });
  });
});

describe('without a network', () => {
  const options = {
    environment: {},
    directory: new URL('../fixtures/providers', import.meta.url).pathname,
    allowExec: true,
  };

  it('echo says the last user message back', async () => {
    const echo = createProvider({ kind: 'echo' }, options);
    expect((await echo.complete(request, call)).text).toBe('ECHO:The app crashes at start.');
  });

  it.each([
    { kind: 'exec', command: [process.execPath, 'answer-exec.mjs'] },
    { kind: 'module', module: './answer-module.mjs' },
  ])('$kind asks code, only where code may run', async (config) => {
    const { text, usage } = await createProvider(config, options).complete(request, call);
    expect(text).toBe('The app crashes at start.'.toUpperCase());
    expect(usage).toEqual({ inputTokens: 3, outputTokens: 4 });
    expect(() => createProvider(config, { ...options, allowExec: false })).toThrow(/runs code/);
  });

  it('a program never sees a key that it was not given by name', async () => {
    const environment = { PATH: process.env.PATH, OPENAI_API_KEY: KEY };
    const config = { kind: 'exec', command: [process.execPath, 'print-environment.mjs'] };
    const { text } = await createProvider(config, { ...options, environment }).complete(request, call);
    expect(text).toContain('PATH');
    expect(text).not.toContain('OPENAI_API_KEY');
  });

  it('an unknown kind names the nearest', () => {
    expect(() => createProvider({ kind: 'antropic' }, options)).toThrow(
      'Unknown provider kind `antropic`; did you mean `anthropic`?',
    );
  });

  it('a base URL with a password is refused without saying it', () => {
    const config = { kind: 'openai-compatible', baseUrl: `https://desk:${KEY}@llm.example/v1` };
    expect(() => createProvider(config, options)).toThrow('baseUrl for llm.example holds a user name or password');
  });

  it('a provider without its key says so and asks nobody', async () => {
    expect(await failure(createProvider({ kind: 'openai' }, options).complete(request, call))).toMatchObject({
      fault: 'unreachable',
      message: 'OPENAI_API_KEY is not set',
    });
  });
});

describe('keys stay with their own provider', () => {
  let server: LlmServer;
  beforeAll(async () => {
    server = await LlmServer.start();
  });
  afterAll(() => server.stop());

  it('openai-compatible sends no key that it was not given', async () => {
    const provider = createProvider(
      { kind: 'openai-compatible', baseUrl: `${server.url}/v1` },
      { environment: { OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY }, directory: '.', allowExec: false },
    );
    await provider.complete(request, call);
    await provider.close();
    expect(server.asked[0]!.headers.authorization).toBeUndefined();
    expect(JSON.stringify(server.asked)).not.toContain(KEY);
  });
});

describe('trouble below HTTP', () => {
  it('a host without a name is unreachable', async () => {
    const provider = connect({ url: 'http://desk.invalid' }, networked[0]!);
    expect(await failure(provider.complete(request, call))).toMatchObject({ fault: 'unreachable' });
  });

  it('a plain server behind https is unreachable', async () => {
    const server = await serve();
    const provider = connect({ url: server.url.replace('http:', 'https:') }, networked[0]!);
    expect(await failure(provider.complete(request, call))).toMatchObject({ fault: 'unreachable' });
  });
});
