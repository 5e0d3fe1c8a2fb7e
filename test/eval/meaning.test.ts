import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deskFolder, type DeskOptions, runEval } from '../support/eval-cli.ts';
import { LlmServer, type LlmServerOptions } from '../support/llm-server.ts';

const REFERENCE = 'your refund was sent today';
const ANSWERS: Readonly<Record<string, string>> = {
  same: REFERENCE,
  near: 'your refund was sent yesterday',
  far: 'bananas are yellow',
  none: '',
};
const rows = Object.keys(ANSWERS).map((ticket) => ({ $name: ticket, ticket, expected: REFERENCE }));

let server: LlmServer;
afterEach(async () => server.stop());

async function serve(options: LlmServerOptions = {}): Promise<void> {
  server = await LlmServer.start({ answer: ({ user }) => ANSWERS[user]!, ...options });
}
beforeEach(async () => serve());

const EMBEDDINGS = { embeddings: { provider: 'local', model: 'embedder-1' }, tokenEmbeddings: { provider: 'local' } };
const BOTH = ['similarity', 'bertscore'].map((id) => ({ name: id, uses: `promptctl/${id}` }));

const folder = (options: Partial<DeskOptions> = {}): string =>
  deskFolder({ url: server.url, rows, evaluators: BOTH, config: { eval: EMBEDDINGS }, ...options });
const vectorsAsked = (): string[] =>
  server.asked.filter(({ path }) => path.endsWith('embeddings')).map(({ path }) => path);

describe('similarity and bertscore', () => {
  it('score by the vectors of the backend, and nothing means nothing', async () => {
    const { json } = await runEval(folder());
    const [same, near, far, none] = json.results.map(({ scores }) => scores!);
    expect(same!.similarity).toBeCloseTo(1, 12);
    expect(same!.bertscore).toBeCloseTo(1, 12);
    expect(near!.similarity).toBeCloseTo(0.8, 1);
    expect(near!.bertscore).toBeGreaterThan(0.7);
    expect(far!.similarity).toBeLessThan(0.5);
    expect(far!.bertscore).toBeLessThan(near!.bertscore!);
    expect(none).toEqual({ similarity: 0, bertscore: 0 });
    expect(json.results.map(({ status }) => status)).toEqual(['passed', 'failed', 'failed', 'failed']);
    const [asked] = server.asked.filter(({ path }) => path === '/v1/embeddings');
    expect(asked!.body).toMatchObject({ model: 'embedder-1', input: [expect.any(String), REFERENCE] });
    expect(vectorsAsked().filter((path) => path === '/v1/token-embeddings')).toHaveLength(3);
  });

  it('take the best of several references, and rescale by a baseline', async () => {
    const evaluators = [
      { name: 'best', uses: 'promptctl/similarity', with: { reference: ['bananas are yellow', '{{expected}}'] } },
      { name: 'plain', uses: 'promptctl/bertscore', with: { measure: 'r' } },
      {
        name: 'stretched',
        uses: 'promptctl/bertscore',
        with: { measure: 'r', baseline: { precision: 0.5, recall: 0.5, f1: 0.5 } },
      },
    ];
    const { json } = await runEval(folder({ evaluators }));
    const [, near, far] = json.results.map(({ scores }) => scores!);
    expect(far!.best).toBeCloseTo(1, 12);
    expect(near!.stretched).toBeCloseTo((near!.plain! - 0.5) / 0.5, 12);
  });

  it('are recorded and replayed like any answer: strict replay asks nobody', async () => {
    const desk = folder();
    const recorded = await runEval(desk, ['--record']);
    const cassette = readFileSync(join(desk, 'evals/cassettes/desk.json'), 'utf8');
    expect(cassette).toContain('"judge": "similarity"');
    expect(cassette).toContain('embedder-1 (vectors)');
    const asked = server.asked.length;
    const replayed = await runEval(desk, ['--replay=strict']);
    expect(server.asked.length).toBe(asked);
    expect(replayed.json.results).toEqual(recorded.json.results);
    const [first] = readdirSync(join(desk, 'evals/cassettes'));
    expect(first).toBe('desk.json');
  });

  it('list vectors that were never recorded, with exit 2', async () => {
    const desk = folder({ evaluators: [] as object[], prompt: { evaluators: [BOTH[0]!] } });
    await runEval(desk, ['--record', '--filter', 'same']);
    const { status, json } = await runEval(desk, ['--replay=strict', '--filter', 'near']);
    expect([status, json.missing.map(({ name }) => name)]).toEqual([2, ['near']]);
  });

  it('are cached: the second run pays for no vector', async () => {
    const desk = folder();
    await runEval(desk, ['--cache', 'write']);
    const asked = server.asked.length;
    await runEval(desk, ['--cache', 'read']);
    expect(server.asked.length).toBe(asked);
  });

  it('ask again after a 429, and are an error where the backend fails', async () => {
    await server.stop();
    await serve({
      fault: ({ path, attempt, user }) => {
        if (!path.endsWith('embeddings')) return undefined;
        if (user.includes('bananas')) return { kind: 'status', status: 400, message: 'input is too long' };
        return attempt === 1 ? { kind: 'status', status: 429, headers: { 'retry-after-ms': '5' } } : undefined;
      },
    });
    const { json, status } = await runEval(folder());
    expect(json.results.map((result) => result.status)).toEqual(['passed', 'failed', 'errored', 'failed']);
    expect(json.results[2]!.error).toContain('input is too long');
    expect(status).toBe(4);
  });

  it('send the key that the provider names, and write it nowhere', async () => {
    const provider = { kind: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeyEnv: 'DESK_KEY' };
    const desk = folder({ provider });
    const { stdout, stderr } = await runEval(desk, ['--record', '--cache', 'write'], { DESK_KEY: 'sk-desk-secret' });
    const asked = server.asked.filter(({ path }) => path.endsWith('embeddings'));
    expect(new Set(asked.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer sk-desk-secret']));
    const files = readdirSync(desk, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const written = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(written.join('') + stdout + stderr).not.toContain('sk-desk-secret');
  });

  it('take vectors from a module of yours, only with --allow-exec', async () => {
    const vectors =
      'const of = (text) => [text.length, 1];\n' +
      'export const embed = (texts) => texts.map(of);\n' +
      'export const embedTokens = (texts) => texts.map((text) => ({ tokens: [text], vectors: [of(text)], special: [false] }));\n';
    const desk = folder({
      config: {
        providers: {
          local: { kind: 'openai-compatible', baseUrl: `${server.url}/v1` },
          vectors: { kind: 'module', module: './vectors.mjs' },
        },
        eval: { embeddings: { provider: 'vectors' }, tokenEmbeddings: { provider: 'vectors' } },
      },
      files: { 'vectors.mjs': vectors },
    });
    const refused = await runEval(desk);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('--allow-exec')]);
    const { json } = await runEval(desk, ['--allow-exec']);
    expect(json.results[0]!.scores!.similarity).toBeCloseTo(1, 12);
    expect(json.results[0]!.scores!.bertscore).toBeCloseTo(1, 12);
  });
});

describe('without a backend', () => {
  it.each([
    ['similarity', /eval: \{ embeddings: .*Ollama|Ollama.*eval: \{ embeddings: /],
    ['bertscore', /POST \/token-embeddings/],
  ])('%s says how to get one, and sends nothing', async (id, hint) => {
    const { status, stderr } = await runEval(
      folder({ evaluators: [{ name: 'near', uses: `promptctl/${id}` }], config: {} }),
    );
    expect([status, stderr]).toEqual([2, expect.stringMatching(hint)]);
    expect(server.asked).toEqual([]);
  });

  it.each([
    [{ embeddings: { provider: 'nobody' } }, /no provider `nobody`/],
    [{ embeddings: { provider: 'anthropic' } }, /kind anthropic gives no embeddings/],
    [{ tokenEmbeddings: { provider: 'energetic' } }, /no vectors of single tokens/],
    [{ tokenEmbeddings: { provider: 'openai' } }, /no vectors of single tokens/],
    [{ embeddings: { model: 'embedder-1' } }, /provider/],
  ])('%j is wrong use', async (config, message) => {
    const { status, stderr } = await runEval(folder({ config: { eval: { ...EMBEDDINGS, ...config } } }));
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('energetic that is not installed is told once, with what to install', async () => {
    const evaluators = [BOTH[0]!];
    const { status, json } = await runEval(
      folder({ evaluators, config: { eval: { embeddings: { provider: 'energetic' } } } }),
    );
    expect(status).toBe(4);
    expect(json.results[0]!.error).toContain('npm install @energetic-ai/core @energetic-ai/embeddings');
  });

  it('gleu needs none', async () => {
    const { json } = await runEval(folder({ evaluators: [{ name: 'gleu', uses: 'promptctl/gleu' }], config: {} }));
    expect(json.results.map(({ scores }) => Number(scores!.gleu!.toFixed(3)))).toEqual([1, 0.714, 0, 0]);
  });
});
