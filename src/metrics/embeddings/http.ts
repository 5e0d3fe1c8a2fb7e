import type { SentenceEmbedder, TokenEmbedder, TokenVectors } from './embedder.ts';

export interface HttpEmbedderOptions {
  /** The whole address, such as http://localhost:11434/v1/embeddings. */
  readonly url: string;
  readonly model?: string;
  /** Sent as a bearer token. */
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Texts in one request, default 64. */
  readonly batchSize?: number;
}

/**
 * Sentence vectors from a server with the OpenAI embeddings API: `{ model, input: [...] }` in, `{ data: [{ index, embedding }] }` out.
 *
 * @returns an embedder that throws an Error, with status and the start of the body, where the server doesn't answer so.
 * @example const embed = httpEmbedder({ url: 'http://localhost:11434/v1/embeddings', model: 'nomic-embed-text' });
 */
export function httpEmbedder(options: HttpEmbedderOptions): SentenceEmbedder {
  return (texts, signal) => postBatches(options, texts, readVector, signal);
}

/**
 * Token vectors from a server: `{ model, input: [...] }` in, `{ data: [{ index, tokens, vectors, special? }] }` out. There is no common
 * API for these; this shape is promptctl's own, and a few lines around a transformers pipeline serve it.
 *
 * @example const embed = httpTokenEmbedder({ url: 'http://localhost:8080/tokens', model: 'roberta-large' });
 */
export function httpTokenEmbedder(options: HttpEmbedderOptions): TokenEmbedder {
  return (texts, signal) => postBatches(options, texts, readTokens, signal);
}

type Entry = Readonly<Record<string, unknown>>;

async function postBatches<T>(
  options: HttpEmbedderOptions,
  texts: readonly string[],
  read: (entry: Entry) => T | undefined,
  signal: AbortSignal | undefined,
): Promise<T[]> {
  const { batchSize = 64 } = options;
  const results: T[] = [];
  for (let from = 0; from < texts.length; from += batchSize) {
    results.push(...(await postBatch(options, texts.slice(from, from + batchSize), read, signal)));
  }
  return results;
}

async function postBatch<T>(
  { url, model, apiKey, headers }: HttpEmbedderOptions,
  input: readonly string[],
  read: (entry: Entry) => T | undefined,
  signal: AbortSignal | undefined,
): Promise<T[]> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
      ...headers,
    },
    body: JSON.stringify({ model, input }),
    signal: signal ?? null,
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`the embeddings server answered ${response.status}: ${body.slice(0, 200)}`);
  const entries = parseEntries(body);
  const results = entries.map(read);
  if (results.length !== input.length || results.includes(undefined)) {
    throw new Error(
      `the embeddings server's answer isn't one result for each of ${input.length} texts: ${body.slice(0, 200)}`,
    );
  }
  return results as T[];
}

/** The entries of `data`, by `index` where they have one: servers may answer out of order. */
function parseEntries(body: string): Entry[] {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch (cause) {
    throw new Error(`the embeddings server's answer isn't JSON: ${body.slice(0, 200)}`, { cause });
  }
  const entries = isRecord(answer) && Array.isArray(answer['data']) ? answer['data'].filter(isRecord) : [];
  const place = (entry: Entry): number => (typeof entry['index'] === 'number' ? entry['index'] : 0);
  return entries.sort((a, b) => place(a) - place(b));
}

const isRecord = (value: unknown): value is Entry => typeof value === 'object' && value !== null;

const isVector = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((number) => typeof number === 'number');

const readVector = ({ embedding }: Entry): number[] | undefined => (isVector(embedding) ? embedding : undefined);

function readTokens({ tokens, vectors, special }: Entry): TokenVectors | undefined {
  if (!Array.isArray(tokens) || !tokens.every((token) => typeof token === 'string')) return undefined;
  if (!Array.isArray(vectors) || !vectors.every(isVector)) return undefined;
  if (special === undefined) return { tokens, vectors };
  return Array.isArray(special) ? { tokens, vectors, special: special.map(Boolean) } : undefined;
}
