import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deskFolder, type DeskOptions, newestRun, readRun, runEval, startEval, tickets } from '../support/eval-cli.ts';
import { LlmServer, type LlmServerOptions } from '../support/llm-server.ts';

const KEY = 'sk-desk-9f8e7d6c5b4a';

const open: LlmServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function serve(options: LlmServerOptions = {}): Promise<LlmServer> {
  const server = await LlmServer.start(options);
  open.push(server);
  return server;
}

const KINDS = ['openai', 'anthropic', 'responses'] as const;

function providerOf(kind: (typeof KINDS)[number], url: string): object {
  const common = { baseUrl: `${url}/v1`, apiKeyEnv: 'DESK_KEY' };
  if (kind === 'anthropic') return { kind, ...common };
  return { kind: 'openai', ...common, ...(kind === 'responses' ? { api: 'responses' } : {}) };
}

function batchDesk(kind: (typeof KINDS)[number], url: string, more: Partial<DeskOptions> = {}): string {
  return deskFolder({ url, provider: providerOf(kind, url), ...more });
}

const PRICE = { price: { input: 1000, output: 2000 } };
const PRICED = {
  config: { models: './models.yaml', eval: { judge: 'judges/judge-1' } },
  files: {
    'models.yaml': JSON.stringify({
      date: '2026-11-01',
      models: { 'local/desk-1': PRICE, 'judges/judge-1': PRICE },
    }),
  },
};

/** Something to wait for. */
function signal(): { readonly given: Promise<void>; give(): void } {
  const waiting: (() => void)[] = [];
  const given = new Promise<void>((resolve) => {
    waiting.push(resolve);
  });
  return { given, give: () => waiting.forEach((resolve) => resolve()) };
}

const env = { DESK_KEY: KEY };
const batched = (folder: string, ...args: string[]): ReturnType<typeof runEval> =>
  runEval(folder, ['--batch', ...args], env);
const counts = (passed: number, errored: number, notRun: number): object => ({ passed, failed: 0, errored, notRun });

it.each(KINDS)(
  '%s: a batch gives the result of asking one by one, from one request for all, in any order',
  async (kind) => {
    const server = await serve();
    const folder = batchDesk(kind, server.url, { rows: tickets(25) });
    const single = await runEval(folder, [], env);
    const asked = server.asked.length;
    const run = await batched(folder);
    expect([run.status, run.stdout]).toEqual([0, single.stdout]);
    expect([server.asked.length, server.batch.batches.length]).toEqual([asked, 1]);
    expect(server.batch.batches[0]!.customIds.length).toBe(25);
    expect(run.stderr).toMatch(/batch_1: in_progress/);
    expect(readRun(folder, 'batches.jsonl') + readRun(folder, 'journal.jsonl')).not.toContain(KEY);
    expect(existsSync(join(newestRun(folder), 'batch-results.jsonl'))).toBe(false);
  },
);

const look = {
  promptctl: 1,
  variables: { shot: { type: 'string' } },
  messages: [{ role: 'user', content: 'T-1 {{media url=shot}}' }],
};
const SHOTS = [
  { $name: 'picture', shot: 'data:image/png;base64,iVBORw0KGgo=', expected: 'T-1' },
  { $name: 'film', shot: 'data:video/mp4;base64,AAAA', expected: 'T-1' },
];

describe.each(['openai', 'anthropic'] as const)('a batch at %s', (kind) => {
  it('a request that the provider has no words for is an error of its test, and the others are asked', async () => {
    const server = await serve();
    const folder = batchDesk(kind, server.url, { prompt: look, rows: SHOTS });
    const { status, json } = await batched(folder, '--max-error-rate', '0.5');
    expect([status, json.summary]).toMatchObject([0, counts(1, 1, 0)]);
    expect(json.results[1]!.error).toContain('take no video/mp4 as data');
    expect(server.batch.batches[0]!.customIds.length).toBe(1);
  });

  it('a request that fails in the batch is an error of its test', async () => {
    const server = await serve({ batch: { fate: (user) => (user.startsWith('T-3 ') ? 'errored' : undefined) } });
    const { status, json } = await batched(batchDesk(kind, server.url), '--max-error-rate', '0.2');
    expect([status, json.summary]).toMatchObject([0, counts(9, 1, 0)]);
    expect(json.results[2]!.error).toContain('the prompt is too long');
  });

  it('an unknown custom id and a second result are told and change nothing', async () => {
    const server = await serve({
      batch: {
        results: (lines) => [
          lines[0]!.replace(/"custom_id":"[^"]*"/, '"custom_id":"another-1"'),
          'no JSON at all',
          ...lines,
          lines[3]!.replace('ECHO:', 'LATER:'),
        ],
      },
    });
    const { status, json, stderr } = await batched(batchDesk(kind, server.url));
    expect([status, json.summary]).toMatchObject([0, counts(10, 0, 0)]);
    expect(JSON.stringify(json.results)).not.toContain('LATER:');
    expect(stderr).toContain('2 results are to no request of this run');
    expect(stderr).toContain('1 requests were answered twice');
  });

  it('ended before all were answered: what came is kept, exit 4, and --resume asks for the rest alone', async () => {
    let isFirst = true;
    const server = await serve({
      batch: { fate: (user) => (isFirst && /T-[4-7] /.test(user) ? 'unrun' : undefined) },
    });
    const folder = batchDesk(kind, server.url);
    const cut = await batched(folder);
    expect([cut.status, cut.json.verdict, cut.json.summary]).toMatchObject([4, 'unknown', counts(6, 0, 4)]);
    expect(cut.stderr).toMatch(/without 4 of 10 answers.*--resume/);
    isFirst = false;
    const { status, json } = await runEval(folder, ['--resume'], env);
    expect([status, json.summary]).toMatchObject([0, counts(10, 0, 0)]);
    expect(server.batch.batches.map(({ customIds }) => customIds.length)).toEqual([10, 4]);
  });

  it('results that lack some requests are the same: kept, told, and asked for again', async () => {
    const server = await serve({ batch: { results: (lines) => lines.slice(2) } });
    const folder = batchDesk(kind, server.url);
    const cut = await batched(folder);
    expect([cut.status, cut.json.summary]).toMatchObject([4, counts(8, 0, 2)]);
  });

  it('killed between submit and the answers: --resume waits for the same batch, and hands nothing in twice', async () => {
    const looked = signal();
    const server = await serve({ batch: { polls: 3, onLook: () => looked.give() } });
    const folder = batchDesk(kind, server.url);
    const { child, done } = startEval(folder, ['eval', '--json', '--batch'], env);
    await looked.given;
    child.kill('SIGKILL');
    expect((await done).signal).toBe('SIGKILL');
    const { status, json } = await runEval(folder, ['--resume'], env);
    expect([status, json.summary, server.batch.batches.length]).toMatchObject([0, counts(10, 0, 0), 1]);
    expect(server.batch.uploads).toBe(kind === 'anthropic' ? 0 : 1);
  });

  it('killed before the answer to submit was on the disk: the batch is found again, among others as large', async () => {
    const server = await serve();
    await batched(batchDesk(kind, server.url));
    const folder = batchDesk(kind, server.url);
    await batched(folder, '--batch-wait', '0');
    const log = join(newestRun(folder), 'batches.jsonl');
    const text = readFileSync(log, 'utf8');
    // The last step names the batch; a part of its line is what a crash leaves.
    truncateSync(log, text.trimEnd().lastIndexOf('\n') + 8);
    const { status, json } = await runEval(folder, ['--resume'], env);
    expect([status, json.summary, server.batch.batches.length]).toMatchObject([0, counts(10, 0, 0), 2]);
  });

  it('a connection that breaks in submit: the batch that was begun is found, none is begun again', async () => {
    const server = await serve({ batch: { losesAnswer: (batch) => batch === 1 } });
    const { status, json } = await batched(batchDesk(kind, server.url));
    expect([status, json.summary, server.batch.batches.length]).toMatchObject([0, counts(10, 0, 0), 1]);
  });

  it('in progress without end: --batch-wait bounds it, and the way on is said', async () => {
    const server = await serve({ batch: { polls: Infinity } });
    const folder = batchDesk(kind, server.url);
    const { status, json, stderr } = await batched(folder, '--batch-wait', '0.01');
    expect([status, json.verdict, json.summary]).toMatchObject([4, 'unknown', counts(0, 0, 10)]);
    expect(stderr).toMatch(/batch_1 goes on, and was waited for as long as --batch-wait allows.*--resume/);
  });
});

describe('a batch', () => {
  it('Ctrl-C while it is under way leaves it there, says how to go on, and exits 130', async () => {
    const looked = signal();
    const server = await serve({ batch: { polls: 4, onLook: () => looked.give() } });
    const folder = batchDesk('openai', server.url);
    const { child, done } = startEval(folder, ['eval', '--json', '--batch'], env);
    await looked.given;
    child.kill('SIGINT');
    const { status, stdout, stderr } = await done;
    expect([status, JSON.parse(stdout)]).toMatchObject([130, { summary: counts(0, 0, 10) }]);
    expect(stderr).toMatch(/batch_1 goes on\. `promptctl eval --resume` waits for it/);
    const resumed = await runEval(folder, ['--resume'], env);
    expect([resumed.status, server.batch.batches.length]).toEqual([0, 1]);
  });

  it('refused as a whole: the reason is told, and --resume hands it in again', async () => {
    const server = await serve({ batch: { refusal: (batch) => (batch === 1 ? 'no such model' : undefined) } });
    const folder = batchDesk('openai', server.url);
    const { status, stderr } = await batched(folder);
    expect([status, stderr]).toEqual([4, expect.stringContaining('refused batch batch_1: no such model')]);
    const resumed = await runEval(folder, ['--resume'], env);
    expect([resumed.status, server.batch.batches.length]).toEqual([0, 2]);
  });

  it('costs half, in the sum and in the estimate', async () => {
    const server = await serve();
    const folder = batchDesk('openai', server.url, { rows: tickets(4), ...PRICED });
    const single = await runEval(folder, [], env);
    const { json } = await batched(folder);
    expect(single.json.summary.costUsd).toBeGreaterThan(0);
    expect(json.summary.costUsd).toBeCloseTo(single.json.summary.costUsd! / 2, 9);
    const usd = async (...more: string[]): Promise<number> => {
      const { stdout } = await startEval(folder, ['eval', '--estimate', ...more], env).done;
      return Number(/\$([\d.]+)/.exec(stdout)![1]);
    };
    expect(await usd('--batch')).toBeCloseTo((await usd()) / 2, 3);
  });

  it('judges are asked one by one, and cost the whole price', async () => {
    const server = await serve({
      answer: ({ model }) => (model === 'judge-1' ? '{"score":5,"reason":"fits"}' : 'yes'),
    });
    const { config, files } = PRICED;
    const providers = {
      local: providerOf('openai', server.url),
      judges: { kind: 'openai-compatible', baseUrl: `${server.url}/v1` },
    };
    const evaluators = [{ name: 'relevant', uses: 'promptctl/relevance' }];
    const rows = tickets(3);
    const folder = deskFolder({ url: server.url, rows, evaluators, files, config: { ...config, providers } });
    const linesOf = (): { usd: number; judged: number }[] =>
      readRun(folder, 'journal.jsonl')
        .split('\n')
        .filter((line) => line.includes('"unit":'))
        .map((line) => JSON.parse(line) as { usd: number; judged: number });
    await runEval(folder, [], env);
    const single = linesOf();
    await batched(folder);
    const asked = server.asked.filter(({ model }) => model === 'judge-1').length;
    expect(linesOf().map(({ judged }) => judged)).toEqual(single.map(({ judged }) => judged));
    expect(linesOf().map(({ usd }) => 2 * usd)).toEqual(single.map(({ usd }) => usd));
    expect([asked, server.batch.batches.length]).toEqual([6, 1]);
  });

  it('--max-cost hands in no more than could be paid', async () => {
    const server = await serve();
    const prompt = { modelParameters: { maxTokens: 10 } };
    const folder = batchDesk('openai', server.url, { rows: tickets(20), prompt, ...PRICED });
    const estimate = (await startEval(folder, ['eval', '--estimate', '--batch'], env).done).stdout;
    const most = Number(/\$([\d.]+)/.exec(estimate)![1]);
    const { status, json, stderr } = await batched(folder, '--max-cost', String(most * 0.52));
    expect([status, json.verdict]).toEqual([0, 'inconclusive']);
    expect(server.batch.batches[0]!.customIds.length).toBe(10);
    expect(json.summary).toMatchObject(counts(10, 0, 10));
    expect(json.summary.costUsd).toBeLessThan(most * 0.52);
    expect(stderr).toContain('stopped before it could cost more');
  });

  it('asks for nothing that the cache has, and its answers go there', async () => {
    const server = await serve();
    const folder = batchDesk('anthropic', server.url, { rows: tickets(6) });
    await runEval(folder, ['--cache', 'write', '--filter', 'ticket 1'], env);
    const { json } = await batched(folder, '--cache', 'write');
    expect(json.summary).toMatchObject(counts(6, 0, 0));
    expect(server.batch.batches.map(({ customIds }) => customIds.length)).toEqual([5]);
    await batched(folder);
    expect(server.batch.batches.length).toBe(1);
  });

  it('models are asked in batches of their own', async () => {
    const server = await serve();
    const folder = batchDesk('openai', server.url, {
      files: {
        'prompts/second.prompt.yml': JSON.stringify({
          name: 'second',
          model: 'local/desk-2',
          messages: [{ role: 'user', content: '{{ticket}}' }],
          tests: './cases.jsonl',
          evaluators: [{ name: 'names the ticket', uses: 'promptctl/contains' }],
        }),
      },
    });
    const { status, json } = await batched(folder);
    expect([status, json.summary]).toMatchObject([0, counts(20, 0, 0)]);
    expect(server.batch.batches.map(({ customIds }) => customIds.length)).toEqual([10, 10]);
  });

  it('a provider without a batch API, and answers that are recorded alone, are wrong use', async () => {
    const server = await serve();
    const plain = await startEval(deskFolder({ url: server.url }), ['eval', '--batch']).done;
    expect([plain.status, plain.stderr]).toEqual([2, expect.stringContaining('kind openai-compatible')]);
    expect(plain.stderr).toContain('openai and anthropic');
    const folder = batchDesk('openai', server.url);
    for (const args of [['--replay=strict'], ['--rescore', 'x'], ['--offline']])
      expect((await startEval(folder, ['eval', '--batch', ...args], env).done).status, args.join()).toBe(2);
  });

  it('a refused submission is exit 4 and --resume tries again', async () => {
    const server = await serve({ batch: { refusesSubmit: (batch) => batch === 1 } });
    const folder = batchDesk('openai', server.url);
    const { status, stderr } = await startEval(folder, ['eval', '--batch'], env).done;
    expect([status, stderr]).toEqual([4, expect.stringContaining('openai took no batch: HTTP 400')]);
    const resumed = await runEval(folder, ['--resume'], env);
    expect([resumed.status, server.batch.batches.length]).toEqual([0, 1]);
  });

  it('a log that can not be read stops the run: nobody knows what was paid for', async () => {
    const server = await serve();
    const folder = batchDesk('openai', server.url);
    await batched(folder, '--batch-wait', '0');
    const log = join(newestRun(folder), 'batches.jsonl');
    writeFileSync(log, `garbage\n${readFileSync(log, 'utf8')}`);
    const { status, stderr } = await startEval(folder, ['eval', '--resume'], env).done;
    expect([status, stderr]).toEqual([2, expect.stringContaining('which batches were submitted')]);
    expect(server.batch.batches.length).toBe(1);
  });

  it('another address than the one that it was handed in at is refused', async () => {
    const server = await serve();
    const folder = batchDesk('openai', server.url);
    await batched(folder, '--batch-wait', '0');
    const config = join(folder, 'promptctl.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace('/v1', '/v2'));
    appendFileSync(config, '\n');
    const { status, stderr } = await startEval(folder, ['eval', '--resume'], env).done;
    expect([status, stderr]).toEqual([2, expect.stringContaining('no longer asked')]);
  });
});
