import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deskFolder, readRun, runEval, startEval, tickets } from '../support/eval-cli.ts';
import { LlmServer, type LlmServerOptions } from '../support/llm-server.ts';

const open: LlmServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function serve(options: LlmServerOptions = {}): Promise<LlmServer> {
  const server = await LlmServer.start(options);
  open.push(server);
  return server;
}

const numberIn = (user: string): number => Number(/\d+/.exec(user)![0]);

describe('a run', () => {
  it('asks each test once, scores it, and tells the same on stdout and in its file', async () => {
    const server = await serve({ answer: ({ user }) => (numberIn(user) === 3 ? 'no idea' : `About ${user}`) });
    const folder = deskFolder({ url: server.url, rows: tickets(5) });
    const { status, json, stdout } = await runEval(folder);
    expect(status).toBe(1);
    expect(json).toMatchObject({
      schema: 'promptctl.eval/1',
      verdict: 'failed',
      summary: { total: 5, passed: 4, failed: 1, errored: 0, notRun: 0 },
    });
    expect(json.results[2]).toMatchObject({
      promptId: 'desk',
      name: 'ticket 3',
      status: 'failed',
      output: 'no idea',
      scores: { 'names the ticket': 0 },
      reasons: { 'names the ticket': 'the output contains not "T-3"' },
    });
    expect(readRun(folder, 'results.json')).toBe(stdout);
    expect(server.asked.map(({ user }) => user).sort()).toEqual([
      'T-1 is lost',
      'T-2 is lost',
      'T-3 is lost',
      'T-4 is lost',
      'T-5 is lost',
    ]);
  });

  it('gives the same bytes twice in every format, times apart', async () => {
    const server = await serve({
      answer: ({ user }) => (numberIn(user) % 4 === 0 ? 'no' : user),
      fault: ({ index }) => ({ kind: 'delay', ms: (index * 7) % 20 }),
    });
    const folder = deskFolder({ url: server.url, rows: tickets(30) });
    const formats = ['pretty', 'json', 'junit', 'markdown', 'github', 'csv', 'html', 'gh-models'];
    const write = async (round: number): Promise<string[]> => {
      await startEval(folder, [
        'eval',
        '-q',
        ...formats.flatMap((format) => ['--format', `${format}=out/${round}/${format}`]),
      ]).done;
      return formats.map((format) =>
        withoutTimes(format, readFileSync(join(folder, `out/${round}/${format}`), 'utf8')),
      );
    };
    const [first, second] = [await write(1), await write(2)];
    for (const [at, format] of formats.entries()) expect(second[at], format).toBe(first[at]);
    expect(first.join('')).not.toContain(folder);
  });

  it('keeps values as they are: no value is read as a template, in prompt, expectation or judge', async () => {
    const server = await serve();
    const rows = [{ ticket: '{{expected}} {{#if x}} ${HOME} {{env.HOME}}', expected: '{{ticket}}' }];
    const { json } = await runEval(deskFolder({ url: server.url, rows }));
    expect(server.asked[0]!.user).toBe('{{expected}} {{#if x}} ${HOME} {{env.HOME}}');
    expect(json.results[0]!.reasons).toEqual({ 'names the ticket': 'the output contains not "{{ticket}}"' });
  });

  it('never has more requests out than --concurrency', async () => {
    const server = await serve({ fault: () => ({ kind: 'delay', ms: 10 }) });
    await runEval(deskFolder({ url: server.url, rows: tickets(40) }), ['--concurrency', '3']);
    expect(server.mostInFlight).toBe(3);
  });

  it('streams where the provider is told to, to the same result', async () => {
    const server = await serve();
    const provider = { kind: 'openai-compatible', baseUrl: `${server.url}/v1`, stream: true };
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(3), provider }));
    expect([status, json.results[1]!.output]).toEqual([0, 'ECHO:T-2 is lost']);
    expect(server.asked[0]!.body.stream).toBe(true);
  });
});

/** junit's `time`, html's element `timings` and pretty's percentiles are the places for times. */
function withoutTimes(format: string, text: string): string {
  if (format === 'junit') return text.replace(/ time="[^"]*"/g, '');
  if (format === 'html') return text.replace(/<script[^>]*id="timings"[^>]*>[^]*?<\/script>/, '');
  return format === 'pretty' ? text.replace(/p50 .*/, '') : text;
}

describe('which tests', () => {
  it('--filter takes a part of a name or an id; nothing is exit 2', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(12) });
    const { json } = await runEval(folder, ['--filter', 'ticket 1']);
    expect(json.results.map(({ name }) => name)).toEqual(['ticket 1', 'ticket 10', 'ticket 11', 'ticket 12']);
    const byId = await runEval(folder, ['--filter', json.results[0]!.id]);
    expect(byId.json.results.length).toBe(1);
    expect((await runEval(folder, ['--filter', 'invoice'])).status).toBe(2);
    expect((await runEval(folder, ['--filter', 'invoice', '--allow-empty'])).status).not.toBe(2);
  });

  it('$skip leaves a row out, $evaluators chooses, and $id names', async () => {
    const server = await serve();
    const rows = [
      { ticket: 'T-1', expected: 'T-1', $id: 'first' },
      { ticket: 'T-2', expected: 'other', $evaluators: ['echoes'] },
      { ticket: 'T-3', expected: 'T-3', $skip: true },
    ];
    const evaluators = [
      { name: 'names it', uses: 'promptctl/contains' },
      { name: 'echoes', uses: 'promptctl/starts-with', with: { value: 'ECHO:' } },
    ];
    const { status, json } = await runEval(deskFolder({ url: server.url, rows, evaluators }));
    expect(status).toBe(0);
    expect(json.results.map(({ id, scores }) => [id, scores])).toEqual([
      ['first', { 'names it': 1, echoes: 1 }],
      [expect.stringMatching(/^[0-9a-f]{12}$/), { echoes: 1 }],
    ]);
  });

  it.each([
    ['cases.csv', '$name,ticket,expected\r\nfirst,"T-1, ""urgent""",T-1\r\nsecond,T-2,\r\n', ['first', 'second']],
    [
      'cases.yaml',
      '- { $name: first, ticket: T-1, expected: T-1 }\n- { $name: second, ticket: T-2 }\n',
      ['first', 'second'],
    ],
    ['cases.jsonl', '\n{"$name":"first","ticket":"T-1"}\r\n\n{"$name":"second","ticket":"T-2"}', ['first', 'second']],
  ])('reads %s', async (file, text, names) => {
    const server = await serve();
    const evaluators = [{ name: 'echoes', uses: 'promptctl/starts-with', with: { value: 'ECHO:T-' } }];
    const folder = deskFolder({
      url: server.url,
      evaluators,
      prompt: { tests: `./${file}` },
      files: { [`prompts/${file}`]: text },
    });
    const { json } = await runEval(folder);
    expect(json.results.map(({ name }) => name)).toEqual(names);
  });

  it('--only-failed runs again what did not pass', async () => {
    let isMended = false;
    const server = await serve({ answer: ({ user }) => (numberIn(user) > 8 && !isMended ? 'no' : user) });
    const folder = deskFolder({ url: server.url, rows: tickets(10) });
    await runEval(folder);
    isMended = true;
    const { status, json } = await runEval(folder, ['--only-failed']);
    expect([status, json.results.map(({ name }) => name)]).toEqual([0, ['ticket 9', 'ticket 10']]);
    expect((await runEval(folder, ['--only-failed'])).status).toBe(2);
  });

  it('--shard parts the tests and `merge` puts the results together', async () => {
    const server = await serve({ answer: ({ user }) => (numberIn(user) === 7 ? 'no' : user) });
    const folder = deskFolder({ url: server.url, rows: tickets(30) });
    const whole = await runEval(folder);
    rmSync(join(folder, '.promptctl'), { recursive: true });
    server.asked.length = 0;
    for (const shard of ['1/3', '2/3', '3/3']) await runEval(folder, ['--shard', shard]);
    expect(server.asked.length).toBe(30);
    const runs = readdirSync(join(folder, '.promptctl/runs'));
    const merged = await startEval(folder, ['merge', '--json', ...runs]).done;
    expect(merged.status).toBe(1);
    const json = JSON.parse(merged.stdout) as typeof whole.json;
    expect(json.summary).toEqual(whole.json.summary);
    const byId = (results: typeof json.results): typeof json.results =>
      [...results].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(json.results)).toEqual(byId(whole.json.results));
  });

  it.each([
    ['no tests', { prompt: { tests: undefined } }],
    ['no evaluators', { evaluators: [] }],
  ])('%s is exit 2, unless allowed', async (_what, options) => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, ...options });
    expect((await runEval(folder)).status).toBe(2);
    expect((await runEval(folder, ['--allow-empty'])).status).not.toBe(2);
    expect(server.asked.length).toBe(0);
  });

  it('a row that does not fit is told before anything is sent', async () => {
    const server = await serve();
    const prompt = { promptctl: 1, id: 'desk', variables: { ticket: { type: 'string', maxLength: 20 } } };
    const folder = deskFolder({
      url: server.url,
      prompt,
      rows: [...tickets(2), { $name: 'long', ticket: 'x'.repeat(30) }],
    });
    const { status, stderr } = await runEval(folder);
    expect([status, server.asked.length]).toEqual([2, 0]);
    expect(stderr).toContain('prompts/cases.jsonl:3 (long) does not fit desk');
  });
});

describe('answers from elsewhere', () => {
  it('--record, then --replay=strict: the same results with no server there', async () => {
    const server = await LlmServer.start();
    const folder = deskFolder({ url: server.url, rows: tickets(6) });
    const recorded = await runEval(folder, ['--record']);
    await server.stop();
    const cassette = readFileSync(join(folder, 'evals/cassettes/desk.json'), 'utf8');
    expect(cassette).toContain('"name": "ticket 2"');
    expect(cassette).not.toMatch(/127\.0\.0\.1|authorization|date/i);
    const replayed = await runEval(folder, ['--replay=strict']);
    expect([replayed.status, replayed.stdout]).toEqual([0, recorded.stdout]);
  });

  it('--replay=strict opens no socket, and lists what is missing with exit 2', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(3) });
    await runEval(folder, ['--record']);
    const connections = server.connections;
    writeFileSync(
      join(folder, 'prompts/cases.jsonl'),
      tickets(5)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    const { status, json, stderr } = await runEval(folder, ['--replay=strict']);
    expect([status, server.connections]).toEqual([2, connections]);
    expect(json.summary).toMatchObject({ total: 5, passed: 3, notRun: 2 });
    expect(json.missing.map(({ promptId, name }) => [promptId, name])).toEqual([
      ['desk', 'ticket 4'],
      ['desk', 'ticket 5'],
    ]);
    expect(stderr).toContain(json.missing[0]!.key);
  });

  it('--replay asks only for what was not recorded', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(3) });
    await runEval(folder, ['--record']);
    writeFileSync(
      join(folder, 'prompts/cases.jsonl'),
      tickets(5)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    server.asked.length = 0;
    expect((await runEval(folder, ['--replay'])).status).toBe(0);
    expect(server.asked.length).toBe(2);
  });

  it('--rescore scores old answers by new evaluators and expectations, asking for none', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(4) });
    await runEval(folder);
    const [run] = readdirSync(join(folder, '.promptctl/runs'));
    const file = join(folder, 'prompts/desk.prompt.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('promptctl/contains', 'promptctl/equals'));
    const { status, json } = await runEval(folder, ['--rescore', run!]);
    expect([status, json.summary.failed, server.asked.length]).toEqual([1, 4, 4]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('You sort', 'You answer'));
    expect((await runEval(folder, ['--rescore', run!])).status).toBe(2);
  });

  it('--cache write pays once, refresh pays again, off pays always', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(3) });
    for (const [mode, asked] of [
      ['write', 3],
      ['write', 3],
      ['refresh', 6],
      ['off', 9],
      ['read', 9],
    ] as const) {
      await runEval(folder, ['--cache', mode]);
      expect(server.asked.length, mode).toBe(asked);
    }
    const { stderr } = await runEval(folder, ['--explain-cache']);
    expect(stderr.match(/^cached {3}[0-9a-f]{64} desk ticket \d/gm)?.length).toBe(3);
  });
});

describe('epochs', () => {
  it.each([
    ['mean', 0.5, 'passed'],
    ['max', 1, 'passed'],
    ['at-least-3', 0, 'failed'],
    ['pass@2', 5 / 6, 'passed'],
    ['pass^2', 1 / 6, 'failed'],
  ])('four answers of which two pass, by %s: %d', async (reducer, share, status) => {
    const server = await serve({ answer: ({ user, attempt }) => (attempt % 2 === 0 ? user : 'no') });
    const { json } = await runEval(deskFolder({ url: server.url, rows: tickets(1) }), [
      '--epochs',
      '4',
      '--reducer',
      reducer,
      '--concurrency',
      '1',
      '--cache',
      'write',
    ]);
    expect(server.asked.length).toBe(4);
    expect(json.results[0]).toMatchObject({
      status,
      epochs: [{ status: 'failed' }, { status: 'passed' }, { status: 'failed' }, { status: 'passed' }],
    });
    expect(json.results[0]!.passShare).toBeCloseTo(share, 12);
  });

  it('a k over the epochs is wrong use', async () => {
    const server = await serve();
    expect((await runEval(deskFolder({ url: server.url }), ['--reducer', 'pass@3'])).status).toBe(2);
  });
});

describe('cost', () => {
  const priced = { models: './models.yaml' };
  const files = {
    'models.yaml': JSON.stringify({
      date: '2026-11-01',
      models: { 'local/desk-1': { price: { input: 1000, output: 1000 } } },
    }),
  };
  const prompt = { modelParameters: { maxTokens: 50 } };

  it('--max-cost stops cleanly before it is passed, and --resume goes on with more', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(20), config: priced, files, prompt });
    const { json, stderr } = await runEval(folder, ['--max-cost', '0.25']);
    expect(json.verdict).toBe('inconclusive');
    expect(json.summary.passed).toBe(server.asked.length);
    expect(json.summary.notRun).toBe(20 - server.asked.length);
    expect(json.summary.costUsd).toBeLessThanOrEqual(0.25);
    expect(server.asked.length).toBeGreaterThan(3);
    expect(stderr).toContain('$0.25');
    const resumed = await runEval(folder, ['--resume', '--max-cost', '100']);
    expect([resumed.status, resumed.json.summary.passed, server.asked.length]).toEqual([0, 20, 20]);
  });

  it('--max-cost sets the judges aside as well: no answer is paid for and then not judged', async () => {
    const server = await serve({
      answer: ({ model, user }) => (model === 'judge-1' ? '{"reason":"so","choice":"it answers it"}' : user),
    });
    const models = { price: { input: 1000, output: 1 } };
    const folder = deskFolder({
      url: server.url,
      rows: tickets(20),
      evaluators: [{ name: 'relevant', uses: 'promptctl/relevance' }],
      config: { ...priced, eval: { judge: 'local/judge-1' } },
      files: {
        'models.yaml': JSON.stringify({
          date: '2026-11-01',
          models: { 'local/desk-1': models, 'local/judge-1': models },
        }),
      },
      prompt,
    });
    const { json } = await runEval(folder, ['--max-cost', '3']);
    const asked = (model: string): number => server.asked.filter((one) => one.model === model).length;
    const before = asked('desk-1');
    expect(before).toBeGreaterThan(2);
    expect(before).toBeLessThan(20);
    expect([asked('judge-1'), json.summary.passed]).toEqual([before, before]);
    // What the judges cost is in the journal, so the bound is over both parts of the run.
    expect((await runEval(folder, ['--resume', '--max-cost', '3'])).json.summary.passed).toBe(before);
    expect((await runEval(folder, ['--resume', '--max-cost', '1000'])).json.summary.passed).toBe(20);
    expect([asked('desk-1'), asked('judge-1')]).toEqual([20, 20]);
  });

  it('--max-cost without the price of a judge is refused, and nothing is sent', async () => {
    const server = await serve();
    const evaluators = [{ name: 'relevant', uses: 'promptctl/relevance' }];
    const config = { ...priced, eval: { judge: 'local/judge-1' } };
    const run = await runEval(deskFolder({ url: server.url, evaluators, config, files, prompt }), ['--max-cost', '40']);
    expect([run.status, run.stderr, server.asked.length]).toEqual([2, expect.stringContaining('local/judge-1'), 0]);
  });

  it('--max-cost without a price is refused: an unknown price is no zero', async () => {
    const server = await serve();
    const { status, stderr } = await runEval(deskFolder({ url: server.url }), ['--max-cost', '1']);
    expect([status, server.asked.length]).toEqual([2, 0]);
    expect(stderr).toContain('local/desk-1');
  });

  it('--estimate says the most it could cost, and sends nothing', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(2), config: priced, files, prompt });
    const { stdout } = await startEval(folder, ['eval', '--estimate']).done;
    expect(stdout).toMatch(/^2 answers, at most \$0\.\d+, without judges\n$/);
    expect(server.asked.length).toBe(0);
  });
});

describe('gates', () => {
  const odd: LlmServerOptions = { answer: ({ user }) => (numberIn(user) % 10 === 0 ? 'no' : user) };

  it.each([
    [{ passRate: 0.9 }, 0, 'pass'],
    [{ passRate: 0.91 }, 1, 'failed'],
    [{ passRate: 0.5, p95Ms: 60_000 }, 0, 'pass'],
    [{ passRate: 0.5, p95Ms: 0 }, 1, 'failed'],
  ])('%j', async (gates, status, verdict) => {
    const server = await serve(odd);
    const run = await runEval(deskFolder({ url: server.url, rows: tickets(20), config: { eval: { gates } } }));
    expect([run.status, run.json.verdict]).toEqual([status, verdict]);
  });

  it.each([
    [0.9, 0, { answer: 'pass', value: 0.9 }],
    [0.91, 1, { answer: 'failed', value: 0.9 }],
  ])('a mean of at least %d', async (bound, status, report) => {
    const server = await serve(odd);
    const gates = { passRate: 0.5, means: { 'names the ticket': bound, 'nobody | <b>': 1 } };
    const folder = deskFolder({ url: server.url, rows: tickets(20), config: { eval: { gates } } });
    const run = await runEval(folder);
    await startEval(folder, ['eval', '-q', '--format', 'markdown=comment.md']).done;
    expect([run.status, run.json.gates.slice(1)]).toMatchObject([
      status,
      [
        { gate: 'mean', evaluator: 'names the ticket', bound, ...report },
        { gate: 'mean', evaluator: 'nobody | <b>', bound: 1, answer: 'unmeasured' },
      ],
    ]);
    expect(readFileSync(join(folder, 'comment.md'), 'utf8')).not.toContain('<b>');
  });

  it('clusters widen the interval of the pass rate', async () => {
    const server = await serve(odd);
    const rows = tickets(20).map((row, at) => ({ ...row, $cluster: `day ${at % 4}` }));
    const { json } = await runEval(deskFolder({ url: server.url, rows }));
    expect(json.summary).toMatchObject({ passRate: { rate: 0.9, clusters: 4 } });
  });
});

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Desk', '-c', 'user.email=desk@example.org', ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
}

function committed(folder: string): string {
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', 'promptctl.yaml', 'prompts');
  git(folder, 'commit', '-q', '-m', 'desk');
  return git(folder, 'rev-parse', 'HEAD');
}

function edit(folder: string, from: string, to: string): void {
  const file = join(folder, 'prompts/desk.prompt.yml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}

const system = (body: unknown): string => JSON.stringify((body as { messages: unknown[] }).messages[0]);
const worse: LlmServerOptions = { answer: ({ user, body }) => (system(body).includes('You answer') ? 'no' : user) };

const strict = (maxLength: number): object => ({
  promptctl: 1,
  id: 'desk',
  variables: { ticket: { type: 'string', maxLength, trust: 'user' } },
});

describe('--baseline', () => {
  it('asks both versions, side by side in one run, and calls a real drop a regression', async () => {
    const server = await serve(worse);
    const folder = deskFolder({ url: server.url, rows: tickets(12) });
    const commit = committed(folder);
    edit(folder, 'You sort', 'You answer');
    const { status, json } = await runEval(folder, ['--baseline', 'main', '--concurrency', '1']);
    expect([status, json.verdict]).toEqual([1, 'regressed']);
    expect(json.baseline).toMatchObject({ ref: 'main', commit, unchanged: [], added: [], newOnly: [] });
    expect(json.baseline!.pairs).toHaveLength(12);
    expect(json.baseline!.pairs[0]).toMatchObject({
      promptId: 'desk',
      old: { status: 'passed' },
      new: { status: 'failed' },
    });
    const sides = server.asked.map(({ body }) => system(body).includes('You answer'));
    expect(sides).toEqual(Array.from({ length: 24 }, (_, at) => at % 2 === 1));
  });

  it('a drop that chance explains is inconclusive: 0 with a warning, 1 under --strict-gate', async () => {
    const server = await serve({
      answer: ({ user, body }) => (system(body).includes('You answer') && numberIn(user) === 1 ? 'no' : user),
    });
    const folder = deskFolder({ url: server.url, rows: tickets(8) });
    committed(folder);
    edit(folder, 'You sort', 'You answer');
    const { status, json, stderr } = await runEval(folder, ['--baseline', 'main']);
    expect([status, json.verdict]).toEqual([0, 'inconclusive']);
    expect(stderr).toContain('inconclusive');
    expect((await runEval(folder, ['--baseline', 'main', '--strict-gate'])).status).toBe(1);
  });

  it('failures that were there before are no regression', async () => {
    const server = await serve({ answer: ({ user }) => (numberIn(user) === 1 ? 'no' : user) });
    const folder = deskFolder({ url: server.url, rows: tickets(8) });
    committed(folder);
    edit(folder, 'You sort', 'You answer');
    const { status, json } = await runEval(folder, ['--baseline', 'main']);
    expect([status, json.verdict, json.summary.failed]).toEqual([0, 'pass', 1]);
  });

  it('what renders to the same bytes is not asked: no change is exit 0, and said', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url });
    committed(folder);
    edit(folder, '"name": "desk"', '"name": "the desk"');
    const { status, json } = await runEval(folder, ['--baseline', 'main']);
    expect([status, json.verdict, server.asked.length]).toEqual([0, 'pass', 0]);
    expect(json.baseline).toMatchObject({ unchanged: ['desk'], pairs: [] });
  });

  it('a row that the old version cannot render is reported as new only', async () => {
    const server = await serve();
    const folder = deskFolder({
      url: server.url,
      rows: [...tickets(3), { $name: 'long', ticket: 'T-9 '.repeat(20), expected: 'T-9' }],
      prompt: strict(40),
    });
    writeFileSync(join(folder, 'prompts/cases.jsonl'), readFileSync(join(folder, 'prompts/cases.jsonl')));
    committed(folder);
    edit(folder, '"maxLength": 40', '"maxLength": 400');
    edit(folder, 'You sort', 'You answer');
    const { json } = await runEval(folder, ['--baseline', 'main']);
    expect(json.baseline!.newOnly).toHaveLength(1);
    expect([json.results.length, json.baseline!.pairs.length, server.asked.length]).toEqual([4, 3, 7]);
  });

  it('a ref that is not there is exit 3', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url });
    committed(folder);
    expect((await runEval(folder, ['--baseline', 'release'])).status).toBe(3);
  });
});
