import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Dialect, dialects } from './llm-dialects.ts';
import { sendJson } from './llm-send.ts';

type Body = Readonly<Record<string, unknown>>;

/** How batches go, other than well. */
export interface BatchFaults {
  /** How often a batch is still in progress when it is looked at; 1 where absent. */
  readonly polls?: number;
  /** What becomes of a request, by its last user message: an error, or nothing since the batch ended first. */
  readonly fate?: (user: string) => 'errored' | 'unrun' | undefined;
  /** Refuses the whole batch, once it is looked at. OpenAI alone does so. */
  readonly refusal?: (batch: number) => string | undefined;
  /** Takes no batch, by the number of the attempt from 1. */
  readonly refusesSubmit?: (attempt: number) => boolean;
  /** Begins the batch and breaks the connection instead of saying so. */
  readonly losesAnswer?: (batch: number) => boolean;
  /** The results as they are sent. */
  readonly results?: (lines: string[]) => string[];
  /** Told of each look at a batch. */
  readonly onLook?: (look: number) => void;
}

export interface Batch {
  readonly id: string;
  readonly file: string | undefined;
  readonly customIds: readonly string[];
  readonly createdMs: number;
  looks: number;
}

interface Kept extends Batch {
  readonly answered: readonly string[];
  readonly failed: readonly string[];
  readonly refusal: string | undefined;
  readonly hasUnrun: boolean;
}

interface Request {
  readonly customId: string;
  readonly dialect: Dialect;
  readonly body: Body;
}

/** OpenAI's files and batches, Anthropic's message batches. */
export class LlmBatches {
  /** What was handed in, in that order. */
  readonly batches: Kept[] = [];
  #submits = 0;
  readonly #files = new Map<string, string>();
  readonly #faults: BatchFaults;
  readonly #answer: (dialect: Dialect, body: Body) => unknown;

  constructor(faults: BatchFaults, answer: (dialect: Dialect, body: Body) => unknown) {
    this.#faults = faults;
    this.#answer = answer;
  }

  get uploads(): number {
    return this.#files.size;
  }

  /** True where the route was one of theirs. */
  serve(request: IncomingMessage, path: string, raw: string, response: ServerResponse): boolean {
    const at = `${request.method} ${path.replace(/^.*?(?=\/(files|messages\/batches|batches))/, '')}`;
    const [, id = ''] = /batches\/([^/]+)/.exec(at) ?? [];
    const batch = this.batches.find((known) => known.id === id);
    if (at === 'POST /files') {
      const file = `file-${this.#files.size + 1}`;
      this.#files.set(file, fileIn(raw, String(request.headers['content-type'])));
      sendJson(response, 200, { id: file, object: 'file', purpose: 'batch' });
    } else if (/^GET \/files\/[^/]+\/content$/.test(at)) {
      const [, of = '', what] = /files\/(.+)-(output|errors)\/content$/.exec(at) ?? [];
      const kept = this.batches.find((known) => known.id === of)!;
      sendLines(response, this.#sent(what === 'output' ? kept.answered : kept.failed));
    } else if (at === 'POST /batches') {
      const { input_file_id: file } = JSON.parse(raw) as { input_file_id: string };
      this.#begin(response, `batch_${this.batches.length + 1}`, openaiRequests(this.#files.get(file) ?? ''), file);
    } else if (at === 'POST /messages/batches') {
      const { requests } = JSON.parse(raw) as { requests: { custom_id: string; params: Body }[] };
      const dialect = dialects.find(({ path: known }) => known.test('/messages'))!;
      const asked = requests.map(({ custom_id, params }) => ({ customId: custom_id, dialect, body: params }));
      this.#begin(response, `msgbatch_${this.batches.length + 1}`, asked, undefined);
    } else if (at === 'GET /batches' || at === 'GET /messages/batches') {
      sendJson(response, 200, { data: this.batches.map((known) => this.#told(known)).reverse() });
    } else if (batch && at.endsWith('/results')) {
      sendLines(response, this.#sent([...batch.answered, ...batch.failed]));
    } else if (batch) {
      batch.looks++;
      this.#faults.onLook?.(batch.looks);
      sendJson(response, 200, this.#told(batch));
    } else return false;
    return true;
  }

  #begin(response: ServerResponse, id: string, requests: readonly Request[], file: string | undefined): void {
    if (this.#faults.refusesSubmit?.(++this.#submits)) {
      sendJson(response, 400, { error: { message: 'the queue of this organisation is full' } });
      return;
    }
    const answered: string[] = [];
    const failed: string[] = [];
    let hasUnrun = false;
    for (const { customId, dialect, body } of requests) {
      const fate = this.#faults.fate?.(dialect.user(body));
      hasUnrun ||= fate === 'unrun';
      const line = file === undefined ? anthropicLine : openaiLine;
      const answer = fate === undefined ? this.#answer(dialect, body) : undefined;
      (fate === undefined ? answered : failed).push(JSON.stringify(line(customId, fate, answer)));
    }
    const refusal = this.#faults.refusal?.(this.batches.length + 1);
    const customIds = requests.map(({ customId }) => customId);
    const batch = { id, file, customIds, createdMs: Date.now(), looks: 0, answered, failed, refusal, hasUnrun };
    this.batches.push(batch);
    if (this.#faults.losesAnswer?.(this.batches.length)) response.socket?.resetAndDestroy();
    else sendJson(response, 200, this.#told(batch));
  }

  /** Neither API promises the order of the requests. */
  #sent(lines: readonly string[]): string[] {
    const sent = [...lines].reverse();
    return this.#faults.results?.(sent) ?? sent;
  }

  #told({ id, file, customIds, createdMs, looks, answered, failed, refusal, hasUnrun }: Kept): object {
    const isEnded = looks > (this.#faults.polls ?? 1);
    if (file === undefined) {
      return {
        id,
        type: 'message_batch',
        processing_status: isEnded ? 'ended' : 'in_progress',
        created_at: new Date(createdMs).toISOString(),
        request_counts: {
          processing: isEnded ? 0 : customIds.length,
          succeeded: isEnded ? answered.length : 0,
          errored: isEnded ? failed.length : 0,
        },
      };
    }
    const isRefused = isEnded && refusal !== undefined;
    return {
      id,
      object: 'batch',
      input_file_id: file,
      status: isRefused ? 'failed' : !isEnded ? 'in_progress' : hasUnrun ? 'expired' : 'completed',
      errors: isRefused ? { object: 'list', data: [{ code: 'invalid', message: refusal }] } : null,
      request_counts: { total: customIds.length, completed: isEnded ? answered.length : 0, failed: 0 },
      output_file_id: isEnded && !isRefused && answered.length > 0 ? `${id}-output` : null,
      error_file_id: isEnded && !isRefused && failed.length > 0 ? `${id}-errors` : null,
    };
  }
}

function openaiRequests(lines: string): Request[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { custom_id: string; url: string; body: Body })
    .map(({ custom_id, url, body }) => ({
      customId: custom_id,
      dialect: dialects.find(({ path }) => path.test(url))!,
      body,
    }));
}

function openaiLine(custom_id: string, fate: string | undefined, answer: unknown): object {
  if (fate === 'unrun')
    return { custom_id, response: null, error: { code: 'batch_expired', message: 'not executed in time' } };
  const refused = { error: { message: 'the prompt is too long' } };
  const response = fate === 'errored' ? { status_code: 400, body: refused } : { status_code: 200, body: answer };
  return { custom_id, response, error: null };
}

function anthropicLine(custom_id: string, fate: string | undefined, message: unknown): object {
  if (fate === 'unrun') return { custom_id, result: { type: 'expired' } };
  const error = { type: 'error', error: { type: 'invalid_request_error', message: 'the prompt is too long' } };
  return { custom_id, result: fate === 'errored' ? { type: 'errored', error } : { type: 'succeeded', message } };
}

function sendLines(response: ServerResponse, lines: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  response.end(lines.join('\n'));
}

/** The part of a multipart form that holds the file. */
function fileIn(raw: string, contentType: string): string {
  const boundary = /boundary=("?)([^";]+)\1/.exec(contentType)?.[2] ?? '';
  const part = raw.split(`--${boundary}`).find((text) => text.includes('name="file"')) ?? '';
  return part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '');
}
