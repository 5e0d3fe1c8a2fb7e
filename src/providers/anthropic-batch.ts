import type { Batching, BatchLook, BatchResult } from './batch.ts';
import { ProviderError } from './error.ts';
import type { Endpoint } from './http.ts';
import type { CallOptions, Completion, CompletionRequest } from './provider.ts';
import { countOf, listOf, mustBe, type Shape, shapeOf, textOf } from './shape.ts';
import { jsonIn } from './sse.ts';

const PATH = '/messages/batches';
/** As many as a page of the list may hold. */
const NEWEST = 1000;
/** How far our clock and theirs may be apart: the list gives times of theirs. */
const CLOCKS_APART_MS = 86_400_000;
const NEWLINE = 0x0a;

export interface BatchedMessages {
  body(request: CompletionRequest): object;
  read(message: Shape | undefined): Completion;
}

/** Anthropic's message batches. One is half the price, of at most 100 000 requests and 256 MB: platform.claude.com, 2026-11. */
export function anthropicBatching(endpoint: Endpoint, { body, read }: BatchedMessages): Batching {
  const json = async (call: CallOptions, path: string, sent?: Buffer): Promise<Shape> => {
    const asked = sent ? { body: sent } : { method: 'GET' as const };
    return mustBe(shapeOf(jsonIn(await endpoint.text({ ...call, ...asked, path }))), 'object');
  };
  return {
    priceShare: 0.5,
    most: { requests: 100_000, bytes: 256_000_000 },
    line: (customId, request) => JSON.stringify({ custom_id: customId, params: body(request) }),
    submit: async ({ lines }, call) => mustBe(textOf((await json(call, PATH, bodyOf(lines))).id), 'id of the batch'),
    async find({ requests, sinceMs }, call) {
      const { data } = await json(call, `${PATH}?limit=${NEWEST}`);
      return listOf(data)
        .map(shapeOf)
        .filter((batch) => Date.parse(textOf(batch?.created_at) ?? '') >= sinceMs - CLOCKS_APART_MS)
        .filter((batch) => Object.values(countsOf(batch)).reduce((sum, count) => sum + count, 0) === requests)
        .flatMap((batch) => textOf(batch?.id) ?? []);
    },
    look: async (id, call) => lookOf(await json(call, `${PATH}/${encodeURIComponent(id)}`)),
    async results({ results }, call, onResult) {
      for (const path of results)
        await endpoint.lines({ ...call, method: 'GET', path }, (line) => onResult(resultOf(line, read)));
    },
  };
}

/** The lines as the members of one list: their ends become commas. */
function bodyOf(lines: Buffer): Buffer {
  const list = Buffer.from(lines);
  for (let at = list.indexOf(NEWLINE); at >= 0; at = list.indexOf(NEWLINE, at + 1)) list[at] = 0x2c;
  return Buffer.concat([Buffer.from('{"requests":['), list.subarray(0, -1), Buffer.from(']}')]);
}

function lookOf(batch: Shape): BatchLook {
  const status = mustBe(textOf(batch.processing_status), 'processing_status');
  const { processing, ...done } = countsOf(batch);
  const isEnded = status === 'ended';
  const id = mustBe(textOf(batch.id), 'id of the batch');
  return {
    status,
    isEnded,
    done: processing === undefined ? undefined : Object.values(done).reduce((sum, count) => sum + count, 0),
    // Asked where the API documents it and not at `results_url`: the key goes to no address that an answer names.
    results: isEnded ? [`${PATH}/${encodeURIComponent(id)}/results`] : [],
  };
}

function countsOf(batch: Shape | undefined): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, value] of Object.entries(shapeOf(batch?.request_counts) ?? {})) {
    const count = countOf(value);
    if (count !== undefined) counts[name] = count;
  }
  return counts;
}

function resultOf(line: Shape | undefined, read: BatchedMessages['read']): BatchResult {
  const customId = textOf(line?.custom_id) ?? '';
  const result = shapeOf(line?.result);
  switch (result?.type) {
    case 'succeeded':
      try {
        return { customId, completion: read(shapeOf(result.message)) };
      } catch (thrown) {
        if (thrown instanceof ProviderError) return { customId, error: thrown };
        throw thrown;
      }
    case 'canceled':
    case 'expired':
      return { customId };
    default: {
      const told = shapeOf(result?.error);
      const reason = textOf(shapeOf(told?.error)?.message) ?? textOf(told?.message) ?? 'no reason given';
      return { customId, error: new ProviderError('rejected', `Refused in the batch: ${reason}`) };
    }
  }
}
