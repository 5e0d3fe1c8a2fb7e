import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { type BatchFaults, LlmBatches } from './llm-batches.ts';
import { type Dialect, dialects } from './llm-dialects.ts';
import { send, sendJson } from './llm-send.ts';

/** What goes wrong with one request. */
export type ServerFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly message?: string;
    }
  | {
      readonly kind:
        | 'reset'
        | 'reset-in-body'
        | 'stall-headers'
        | 'stall-body'
        | 'truncated-stream'
        | 'invalid-json'
        | 'wrong-type';
    }
  | { readonly kind: 'delay'; readonly ms: number };

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly raw: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The last user message. */
  readonly user: string;
  readonly model: string;
  /** How often these bytes were asked, from 1. */
  readonly attempt: number;
  /** How many requests came before, from 0. */
  readonly index: number;
}

export interface LlmServerOptions {
  readonly answer?: (asked: Asked) => string;
  readonly toolCall?: (asked: Asked) => { readonly name: string; readonly arguments: string } | undefined;
  readonly fault?: (asked: Asked) => ServerFault | undefined;
  readonly headers?: (asked: Asked) => Record<string, string>;
  readonly batch?: BatchFaults;
  readonly tls?: { readonly key: string; readonly cert: string };
}

/**
 * A real HTTP server that speaks chat completions, responses, messages, generateContent, embeddings and both batch APIs,
 * as JSON and as server-sent events, and goes wrong on request. It remembers every request.
 */
export class LlmServer {
  readonly asked: Asked[] = [];
  /** Its batch APIs, and what was handed in there. */
  readonly batch: LlmBatches;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #attempts = new Map<string, number>();
  readonly #options: LlmServerOptions;
  connections = 0;
  inFlight = 0;
  mostInFlight = 0;

  private constructor(options: LlmServerOptions) {
    this.#options = options;
    this.batch = new LlmBatches(options.batch ?? {}, (dialect, body) => this.#answerTo(dialect, body));
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      this.#serve(request, response).catch(() => response.destroy());
    };
    this.#server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
    this.#server.on('connection', (socket: Socket) => {
      this.connections++;
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(options: LlmServerOptions = {}): Promise<LlmServer> {
    const server = new LlmServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `${this.#options.tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await bodyOf(request);
    const path = request.url!.split('?', 1)[0]!;
    if (this.batch.serve(request, path, raw, response)) return;
    const dialect = dialects.find((known) => known.path.test(path));
    if (!dialect) return sendJson(response, 404, { error: { message: `no such route: ${path}` } });

    const asked = this.#remember(dialect, path, request, raw);
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    response.once('close', () => this.inFlight--);

    const fault = this.#options.fault?.(asked);
    const headers = this.#options.headers?.(asked) ?? {};
    if (fault && (await break_(fault, response, dialect, headers))) return;
    const { body } = asked;
    const isStream = body.stream === true || request.url!.includes('alt=sse');
    const spoken = {
      text: this.#options.answer?.(asked) ?? `ECHO:${asked.user}`,
      call: this.#options.toolCall?.(asked),
      asked,
    };
    if (!isStream) {
      const json = JSON.stringify(dialect.body(spoken));
      if (fault?.kind === 'reset-in-body' || fault?.kind === 'stall-body') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
        response.write(json.slice(0, json.length >> 1));
        if (fault.kind === 'reset-in-body') setTimeout(() => response.destroy(), 5);
        return;
      }
      if (fault?.kind === 'invalid-json')
        return send(response, 200, 'application/json', json.slice(0, json.length >> 1), headers);
      if (fault?.kind === 'wrong-type')
        return send(response, 200, 'text/html', '<html>Welcome to the proxy</html>', headers);
      return send(response, 200, 'application/json', json, headers);
    }
    const frames = dialect.frames(spoken);
    response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
    const kept = fault?.kind === 'truncated-stream' || fault?.kind === 'stall-body' ? frames.slice(0, 3) : frames;
    for (const frame of kept) response.write(frame);
    if (fault?.kind !== 'stall-body') response.end();
  }

  /** Answers one request of a batch. */
  #answerTo(dialect: Dialect, body: Readonly<Record<string, unknown>>): unknown {
    const asked = {
      path: 'batch',
      headers: {},
      raw: '',
      body,
      user: dialect.user(body),
      model: String(body.model),
      attempt: 1,
      index: 0,
    };
    return dialect.body({ text: this.#options.answer?.(asked) ?? `ECHO:${asked.user}`, call: undefined, asked });
  }

  #remember(dialect: Dialect, path: string, request: IncomingMessage, raw: string): Asked {
    const body = JSON.parse(raw) as Readonly<Record<string, unknown>>;
    const attempt = (this.#attempts.get(raw) ?? 0) + 1;
    this.#attempts.set(raw, attempt);
    const model =
      typeof body.model === 'string' ? body.model : decodeURIComponent(/models\/([^:]+):/.exec(path)?.[1] ?? '');
    const asked = {
      path,
      headers: request.headers,
      raw,
      body,
      user: dialect.user(body),
      model,
      attempt,
      index: this.asked.length,
    };
    this.asked.push(asked);
    return asked;
  }
}

/** True where the fault has taken the response over. */
async function break_(
  fault: ServerFault,
  response: ServerResponse,
  dialect: Dialect,
  headers: Record<string, string>,
): Promise<boolean> {
  switch (fault.kind) {
    case 'status': {
      const message = fault.message ?? (fault.status === 429 ? 'rate limit reached' : 'injected failure');
      send(response, fault.status, 'application/json', JSON.stringify(dialect.error(fault.status, message)), {
        ...headers,
        ...fault.headers,
      });
      return true;
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'stall-headers':
      return true;
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return false;
    default:
      return false;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
