import { randomUUID } from 'node:crypto';
import type { Batching, BatchLook, BatchResult } from './batch.ts';
import { faultOfStatus, ProviderError } from './error.ts';
import type { Endpoint } from './http.ts';
import type { CallOptions, Completion, CompletionRequest } from './provider.ts';
import { countOf, listOf, mustBe, type Shape, shapeOf, textOf } from './shape.ts';
import { jsonIn } from './sse.ts';

/** Which of OpenAI's endpoints the requests are for, and how it says them. */
export interface BatchedEndpoint {
  /** Below the base URL, as `/chat/completions`. */
  readonly path: string;
  body(request: CompletionRequest): string;
  read(body: unknown): Completion;
}

/** Batches end with one of these. */
const ENDED = new Set(['completed', 'failed', 'expired', 'cancelled']);
/** Results that say only that a request was not run. */
const UNRUN = new Set(['batch_expired', 'batch_cancelled']);
/** As many as a page of the list holds. */
const NEWEST = 100;

/** OpenAI's files and batches. A batch is half the price, of at most 50 000 requests and 200 MB: platform.openai.com, 2026-11. */
export function openaiBatching(endpoint: Endpoint, { path, body, read }: BatchedEndpoint): Batching {
  const url = `/v1${path}`;
  const json = async (call: CallOptions, at: string, sent?: object): Promise<Shape> => {
    const asked = sent ? { body: JSON.stringify(sent) } : { method: 'GET' as const };
    return mustBe(shapeOf(jsonIn(await endpoint.text({ ...call, ...asked, path: at }))), 'object');
  };
  return {
    priceShare: 0.5,
    most: { requests: 50_000, bytes: 200_000_000 },
    line: (customId, request) =>
      `{"custom_id":${JSON.stringify(customId)},"method":"POST","url":${JSON.stringify(url)},"body":${body(request)}}`,
    async upload(lines, call) {
      const form = formOf(lines);
      const answer = await endpoint.text({ ...call, ...form, path: '/files' });
      return mustBe(textOf(shapeOf(jsonIn(answer))?.id), 'id of the file');
    },
    async submit({ file }, call) {
      const sent = { input_file_id: file, endpoint: url, completion_window: '24h' };
      return mustBe(textOf((await json(call, '/batches', sent)).id), 'id of the batch');
    },
    async find({ file }, call) {
      const { data } = await json(call, `/batches?limit=${NEWEST}`);
      return listOf(data)
        .map(shapeOf)
        .flatMap((batch) => (batch?.input_file_id === file ? (textOf(batch?.id) ?? []) : []));
    },
    look: async (id, call) => lookOf(await json(call, `/batches/${encodeURIComponent(id)}`)),
    async results({ results }, call, onResult) {
      for (const at of results)
        await endpoint.lines({ ...call, method: 'GET', path: at }, (line) => onResult(resultOf(line, read)));
    },
  };
}

/** The file as a form's part, which is how OpenAI takes it. */
function formOf(lines: Buffer): { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> } {
  const boundary = `promptctl-${randomUUID()}`;
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="purpose"',
    '',
    'batch',
    `--${boundary}`,
    'Content-Disposition: form-data; name="file"; filename="requests.jsonl"',
    'Content-Type: application/jsonl',
    '',
    '',
  ].join('\r\n');
  return {
    body: Buffer.concat([Buffer.from(head), lines, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

function lookOf(batch: Shape): BatchLook {
  const status = mustBe(textOf(batch.status), 'status');
  const counts = shapeOf(batch.request_counts);
  const files = [textOf(batch.output_file_id), textOf(batch.error_file_id)];
  const reasons = listOf(shapeOf(batch.errors)?.data).map((error) => textOf(shapeOf(error)?.message) ?? 'no reason');
  return {
    status,
    isEnded: ENDED.has(status),
    done: counts && (countOf(counts.completed) ?? 0) + (countOf(counts.failed) ?? 0),
    refusal: status === 'failed' ? [...new Set(reasons)].slice(0, 3).join('; ') || 'no reason given' : undefined,
    results: files.flatMap((file) => (file ? [`/files/${encodeURIComponent(file)}/content`] : [])),
  };
}

function resultOf(line: Shape | undefined, read: BatchedEndpoint['read']): BatchResult {
  const customId = textOf(line?.custom_id) ?? '';
  const error = shapeOf(line?.error);
  if (error) {
    const code = textOf(error.code) ?? '';
    if (UNRUN.has(code)) return { customId };
    return { customId, error: new ProviderError('rejected', textOf(error.message) ?? code) };
  }
  const response = shapeOf(line?.response);
  const status = countOf(response?.status_code) ?? 0;
  try {
    if (status >= 200 && status < 300) return { customId, completion: read(response?.body) };
  } catch (thrown) {
    if (thrown instanceof ProviderError) return { customId, error: thrown };
    throw thrown;
  }
  const reason = textOf(shapeOf(shapeOf(response?.body)?.error)?.message) ?? 'no reason given';
  return {
    customId,
    error: new ProviderError(faultOfStatus(status), `HTTP ${status} in the batch: ${reason}`, { status }),
  };
}
