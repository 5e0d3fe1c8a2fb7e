import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Dialect, dialects } from './llm-dialects.ts';
import { sendJson } from './llm-send.ts';

type Body = Readonly<Record<string, unknown>>;
type AnswerTo = (dialect: Dialect, body: Body) => unknown;

interface Batches {
  readonly files: Map<string, string>;
  readonly batches: Map<string, { polls: number; readonly results: string; readonly count: number }>;
}

const stateOf = new WeakMap<object, Batches>();

/** How many polls a batch stays in progress. */
const POLLS = 2;

/** OpenAI's files and batches, Anthropic's message batches. True where the route was one of them. */
export function batchRoutes(
  server: object,
  request: IncomingMessage,
  path: string,
  raw: string,
  response: ServerResponse,
  answerTo: AnswerTo,
): boolean {
  let state = stateOf.get(server);
  if (!state) stateOf.set(server, (state = { files: new Map(), batches: new Map() }));
  const { files, batches } = state;
  const ask = (url: string, body: Body): unknown =>
    answerTo(
      dialects.find(({ path: known }) => known.test(url))!,
      body,
    );

  if (request.method === 'POST' && path.endsWith('/files')) {
    const id = `file-${files.size + 1}`;
    files.set(id, fileIn(raw, String(request.headers['content-type'])));
    sendJson(response, 200, { id, object: 'file', purpose: 'batch' });
    return true;
  }
  const content = /\/files\/([^/]+)\/content$/.exec(path)?.[1];
  if (content !== undefined) {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    response.end(files.get(content) ?? '');
    return true;
  }
  if (request.method === 'POST' && path.endsWith('/messages/batches')) {
    const { requests } = JSON.parse(raw) as { requests: { custom_id: string; params: Body }[] };
    const lines = requests.map(({ custom_id, params }) =>
      JSON.stringify({ custom_id, result: { type: 'succeeded', message: ask('/messages', params) } }),
    );
    const id = `msgbatch_${batches.size + 1}`;
    // Neither API promises the order of the requests.
    batches.set(id, { polls: 0, results: lines.reverse().join('\n'), count: lines.length });
    sendJson(response, 200, { id, type: 'message_batch', processing_status: 'in_progress' });
    return true;
  }
  const results = /\/messages\/batches\/([^/]+)\/results$/.exec(path)?.[1];
  if (results !== undefined) {
    response.writeHead(200, { 'content-type': 'application/x-jsonl' });
    response.end(batches.get(results)?.results ?? '');
    return true;
  }
  if (request.method === 'POST' && path.endsWith('/batches')) {
    const { input_file_id } = JSON.parse(raw) as { input_file_id: string };
    const asked = (files.get(input_file_id) ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { custom_id: string; url: string; body: Body });
    const lines = asked.map(({ custom_id, url, body }) =>
      JSON.stringify({ custom_id, response: { status_code: 200, body: ask(url, body) }, error: null }),
    );
    const id = `batch_${batches.size + 1}`;
    batches.set(id, { polls: 0, results: lines.reverse().join('\n'), count: lines.length });
    sendJson(response, 200, { id, object: 'batch', status: 'validating', input_file_id });
    return true;
  }
  const polled = /\/batches\/([^/]+)$/.exec(path)?.[1];
  const batch = polled === undefined ? undefined : batches.get(polled);
  if (!polled || !batch) return false;
  const isDone = ++batch.polls > POLLS;
  if (polled.startsWith('msgbatch_')) {
    const results_url = isDone ? `http://${request.headers.host}${path}/results` : null;
    sendJson(response, 200, { id: polled, processing_status: isDone ? 'ended' : 'in_progress', results_url });
  } else {
    if (isDone) files.set(`${polled}-output`, batch.results);
    sendJson(response, 200, {
      id: polled,
      status: isDone ? 'completed' : 'in_progress',
      output_file_id: isDone ? `${polled}-output` : null,
    });
  }
  return true;
}

/** The part of a multipart form that holds the file. */
function fileIn(raw: string, contentType: string): string {
  const boundary = /boundary=("?)([^";]+)\1/.exec(contentType)?.[2] ?? '';
  const part = raw.split(`--${boundary}`).find((text) => text.includes('name="file"')) ?? '';
  return part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, '');
}
