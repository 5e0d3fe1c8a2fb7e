import { StringDecoder } from 'node:string_decoder';
import { PromptctlError } from '../model/index.ts';
import Pool from 'undici/lib/dispatcher/pool.js';
import { codeOf, faultOfSocket, faultOfStatus, ProviderError } from './error.ts';
import { type Headers, rateLimits, retryAfterMs } from './limits.ts';
import type { CallOptions } from './provider.ts';
import { type Shape, shapeOf } from './shape.ts';

/** An answer may be long, but a server that never stops must not take all memory. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface PostOptions extends CallOptions {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One origin and its keep-alive connections, and the key that is sent there and nowhere else. Speaks to undici's dispatcher
 * directly: no stream and no AbortSignal listener for each request, which together cost more than the request.
 */
export class Endpoint {
  /** Origin and path, without credentials, query or a final slash. */
  readonly baseUrl: string;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #query: string;
  readonly #headers: Record<string, string>;
  readonly #secret: string | undefined;
  readonly #inFlight = new WeakMap<AbortSignal, Set<() => void>>();

  constructor(
    baseUrl: string,
    options: {
      readonly secret?: string | undefined;
      readonly connections?: number | undefined;
      readonly headers: Record<string, string>;
    },
  ) {
    const url = parseBaseUrl(baseUrl);
    this.#path = url.pathname.replace(/\/+$/, '');
    this.#query = url.search;
    this.baseUrl = url.origin + this.#path;
    this.#secret = options.secret;
    this.#headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...options.headers,
    };
    // The attempt's own clock bounds headers and body together, so undici's two are off.
    this.#pool = new Pool(url.origin, {
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: 10_000 },
      keepAliveTimeout: 30_000,
      connections: options.connections ?? null,
    });
  }

  /** The answer's text for a 2xx status. @throws ProviderError for everything else. */
  async text(options: PostOptions): Promise<Answer> {
    return this.#checked(await this.#dispatch(options), options);
  }

  /** Tells each line of an answer of JSON lines while they come, so that it may be longer than memory. @throws ProviderError as `text`. */
  async lines(options: PostOptions, onLine: (line: Shape | undefined) => void): Promise<void> {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    const take = (line: string): void => {
      if (line.trim() !== '') onLine(parseLine(this.#scrubbed(line)));
    };
    const onChunk = (chunk: Buffer): void => {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop()!;
      if (rest.length > LARGEST_ANSWER)
        throw new ProviderError('malformed', `A line of the answer is over ${LARGEST_ANSWER} bytes`);
      for (const line of lines) take(line);
    };
    this.#checked(await this.#dispatch(options, onChunk), options);
    take(rest + decoder.end());
  }

  #checked(answer: Answer, options: PostOptions): Answer {
    const now = serverTime(answer.headers) ?? Date.now();
    const limits = rateLimits(answer.headers, now);
    if (limits) options.onLimits?.(limits);
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw new ProviderError(
      faultOfStatus(answer.status),
      `HTTP ${answer.status} from ${this.baseUrl}: ${reasonIn(answer.text)}`,
      {
        status: answer.status,
        retryAfterMs: retryAfterMs(answer.headers, now),
      },
    );
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  /** With `onChunk` the body of a 2xx is told and not kept. */
  #dispatch(options: PostOptions, onChunk?: (chunk: Buffer) => void): Promise<Answer> {
    const { signal, timeoutMs } = options;
    return new Promise((resolve, reject) => {
      let abort: (reason: Error) => void = fail;
      let status = 0;
      let headers: Headers = {};
      let size = 0;
      const chunks: Buffer[] = [];
      const timer = setTimeout(
        () => abort(new ProviderError('timeout', `No whole answer from ${this.baseUrl} in ${timeoutMs} ms`)),
        timeoutMs,
      );
      const onAbort = (): void => abort(new ProviderError('cancelled', 'Stopped'));
      if (signal.aborted) return onAbort();
      const inFlight = this.#inFlightUnder(signal);
      inFlight.add(onAbort);

      const settle = (): void => {
        clearTimeout(timer);
        inFlight.delete(onAbort);
      };
      const base = this.baseUrl;
      const scrub = this.#scrubbed.bind(this);
      function fail(error: Error): void {
        settle();
        reject(
          error instanceof ProviderError
            ? error
            : new ProviderError(faultOfSocket(error), scrub(`${base}: ${sayOf(error)}`)),
        );
      }

      this.#pool.dispatch(
        {
          path: this.#pathTo(options.path),
          method: options.method ?? 'POST',
          headers: options.headers ? { ...this.#headers, ...options.headers } : this.#headers,
          body: options.body ?? null,
        },
        {
          onRequestStart(controller) {
            abort = (reason) => controller.abort(reason);
          },
          onResponseStart(_controller, statusCode, responseHeaders) {
            status = statusCode;
            headers = responseHeaders;
          },
          onResponseData(controller, chunk) {
            if (onChunk && status >= 200 && status < 300) {
              try {
                onChunk(chunk);
              } catch (error) {
                controller.abort(error as Error);
              }
              return;
            }
            size += chunk.length;
            if (size > LARGEST_ANSWER)
              controller.abort(new ProviderError('malformed', `The answer is over ${LARGEST_ANSWER} bytes`));
            else chunks.push(chunk);
          },
          onResponseEnd() {
            settle();
            const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
            resolve({ status, headers, text: scrub(bytes.toString('utf8')) });
          },
          onResponseError(_controller, error) {
            fail(error);
          },
        },
      );
    });
  }

  /** One listener a signal, however many requests are out: to add and remove one for each is felt in time and memory. */
  #inFlightUnder(signal: AbortSignal): Set<() => void> {
    let inFlight = this.#inFlight.get(signal);
    if (!inFlight) {
      const made = new Set<() => void>();
      inFlight = made;
      this.#inFlight.set(signal, made);
      signal.addEventListener('abort', () => made.forEach((giveUp) => giveUp()), { once: true });
    }
    return inFlight;
  }

  #pathTo(path: string): string {
    return this.#path + path + (path.includes('?') ? this.#query.replace('?', '&') : this.#query);
  }

  /** A server may say the key back, in an error most of all; it goes no further than here. */
  #scrubbed(text: string): string {
    return this.#secret !== undefined && text.includes(this.#secret) ? text.replaceAll(this.#secret, '[key]') : text;
  }
}

/** Undefined where a line is no JSON object. */
function parseLine(line: string): Shape | undefined {
  try {
    return shapeOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** The clock by which the server names times: ours may be wrong, or be set while a run is under way. */
function serverTime({ date }: Headers): number | undefined {
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function parseBaseUrl(baseUrl: string): URL {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    throw new PromptctlError('config', `baseUrl is not a URL: ${JSON.stringify(baseUrl)}`);
  }
  if (url.username || url.password) {
    throw new PromptctlError('config', `baseUrl for ${url.host} holds a user name or password`, {
      hint: 'Name the variable that holds the key with apiKeyEnv',
    });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new PromptctlError('config', `baseUrl is not http or https: ${url.protocol}`);
  return url;
}

/** What the server said went wrong: the error's message where the body has one, else how the body begins. */
function reasonIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const found = messageOf(parsed) ?? messageOf(Array.isArray(parsed) ? parsed[0] : undefined);
    if (found !== undefined) return shortened(found);
  } catch {
    // Not JSON: an HTML page of a proxy, most often. Its beginning will do.
  }
  return shortened(body) || 'no reason given';
}

function messageOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const error = 'error' in body ? body.error : body;
  if (typeof error === 'string') return error;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
    ? error.message
    : undefined;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}

function sayOf(error: Error): string {
  const code = codeOf(error);
  const inner =
    'errors' in error && Array.isArray(error.errors)
      ? ((error.errors[0] as Error | undefined)?.message ?? '')
      : error.message;
  return code !== '' && !inner.includes(code) ? `${inner} (${code})` : inner || code;
}
