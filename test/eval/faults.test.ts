import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deskFolder, newestRun, readRun, runEval, startEval, tickets } from '../support/eval-cli.ts';
import { folderOf } from '../support/folder.ts';
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

const counts = (total: number, passed: number, errored: number): object => ({
  total,
  passed,
  failed: total - passed - errored,
  errored,
  notRun: 0,
});
const fast = ['--timeout', '400'];

describe('a provider that stumbles', () => {
  it('429 once: asked again, and nothing paid twice', async () => {
    const server = await serve({
      fault: ({ attempt }) =>
        attempt === 1 ? { kind: 'status', status: 429, headers: { 'retry-after': '0' } } : undefined,
    });
    const { status, json } = await runEval(deskFolder({ url: server.url }));
    expect(status).toBe(0);
    expect(json).toMatchObject({ verdict: 'pass', summary: counts(10, 10, 0) });
    expect(server.asked.length).toBe(20);
  });

  it('429 always on 12 % of the tests: those are errors, the run goes on, and the answer is unknown', async () => {
    const server = await serve({
      fault: ({ user }) =>
        Number(/\d+/.exec(user)![0]) % 8 === 0
          ? { kind: 'status', status: 429, headers: { 'retry-after': '0' } }
          : undefined,
    });
    const folder = deskFolder({ url: server.url, rows: tickets(50) });
    const { status, json } = await runEval(folder);
    expect(status).toBe(4);
    expect(json).toMatchObject({ verdict: 'unknown', summary: counts(50, 44, 6) });
    expect(server.asked.length).toBe(44 + 6 * 4);
    expect(JSON.parse(readRun(folder, 'results.json'))).toEqual(json);
  });

  it('500 on 10 % of the attempts: retried to the end', async () => {
    const server = await serve({
      fault: ({ index }) => (index % 10 === 3 ? { kind: 'status', status: 500 } : undefined),
    });
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(60) }));
    expect([status, json.summary]).toMatchObject([0, counts(60, 60, 0)]);
  });

  it('500 always: errors, not failures; after ten in a row one attempt each', async () => {
    const server = await serve({ fault: () => ({ kind: 'status', status: 500 }) });
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(300) }), ['--retries', '1']);
    expect([status, json.verdict, json.summary]).toMatchObject([4, 'unknown', counts(300, 0, 300)]);
    expect(server.asked.length).toBeLessThan(450);
  });

  it.each([400, 401, 403, 404])('%i gets one attempt', async (code) => {
    const server = await serve({ fault: () => ({ kind: 'status', status: code, message: 'no such deployment' }) });
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(3) }));
    expect([status, json.summary]).toMatchObject([4, counts(3, 0, 3)]);
    expect(server.asked.length).toBe(3);
    expect(json.results[0]!.error).toContain('no such deployment');
  });

  it('Retry-After over 30 s is not waited for', async () => {
    const server = await serve({ fault: () => ({ kind: 'status', status: 429, headers: { 'retry-after': '31' } }) });
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(2) }));
    expect([status, json.summary, server.asked.length]).toMatchObject([4, counts(2, 0, 2), 2]);
  });

  it('--retries 0 means none', async () => {
    const server = await serve({ fault: () => ({ kind: 'status', status: 503 }) });
    await runEval(deskFolder({ url: server.url, rows: tickets(2) }), ['--retries', '0']);
    expect(server.asked.length).toBe(2);
  });

  it.each(['reset', 'reset-in-body', 'stall-headers', 'stall-body'] as const)('%s once: asked again', async (kind) => {
    const server = await serve({ fault: ({ attempt }) => (attempt === 1 ? { kind } : undefined) });
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(4) }), fast);
    expect([status, json.summary, server.asked.length]).toMatchObject([0, counts(4, 4, 0), 8]);
  });

  it.each(['invalid-json', 'wrong-type'] as const)(
    '%s is an error, never scored and never asked again',
    async (kind) => {
      const server = await serve({ fault: ({ user }) => (user.startsWith('T-2 ') ? { kind } : undefined) });
      const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(4) }), [
        '--max-error-rate',
        '0.5',
      ]);
      expect([status, json.verdict, json.summary, server.asked.length]).toMatchObject([0, 'pass', counts(4, 3, 1), 4]);
      expect(json.results[1]!.scores).toBeUndefined();
    },
  );

  it('a stream cut short is an error', async () => {
    const server = await serve({ fault: () => ({ kind: 'truncated-stream' }) });
    const provider = { kind: 'openai-compatible', baseUrl: `${server.url}/v1`, stream: true };
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(2), provider }));
    expect([status, json.summary]).toMatchObject([4, counts(2, 0, 2)]);
  });

  it('an answer of 10 MB is an answer', async () => {
    const server = await serve({ answer: ({ user }) => user + 'x'.repeat(10 * 1024 * 1024) });
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(2) }));
    expect([status, json.summary]).toMatchObject([0, counts(2, 2, 0)]);
    expect(json.results[1]!.output!.length).toBeGreaterThan(10 * 1024 * 1024);
  });
});

describe('a provider that is not there', () => {
  it('a dead endpoint fails fast, and is told once', async () => {
    const server = await LlmServer.start();
    const { url } = server;
    await server.stop();
    const { status, json, stderr } = await runEval(deskFolder({ url, rows: tickets(500) }));
    expect([status, json.verdict, json.summary]).toMatchObject([4, 'unknown', counts(500, 0, 500)]);
    expect(stderr.split('ECONNREFUSED').length).toBe(2);
  });

  it('so does a name that nobody has', async () => {
    const { status, json } = await runEval(deskFolder({ url: 'http://desk.invalid', rows: tickets(20) }));
    expect([status, json.summary]).toMatchObject([4, counts(20, 0, 20)]);
  });

  it('so does a certificate that nobody signed', async () => {
    const folder = folderOf();
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
        '-days',
        '2',
        '-subj',
        '/CN=127.0.0.1',
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    const tls = {
      key: readFileSync(join(folder, 'key.pem'), 'utf8'),
      cert: readFileSync(join(folder, 'cert.pem'), 'utf8'),
    };
    const server = await serve({ tls });
    const { status, json, stderr } = await runEval(deskFolder({ url: server.url, rows: tickets(20) }));
    expect([status, json.summary, server.asked.length]).toMatchObject([4, counts(20, 0, 20), 0]);
    expect(stderr).toContain('SELF_SIGNED');
  });

  it('a few errors are tolerated, more are not', async () => {
    const server = await serve({
      fault: ({ user }) => (user.startsWith('T-1 ') ? { kind: 'status', status: 400 } : undefined),
    });
    const folder = deskFolder({ url: server.url, rows: tickets(20) });
    expect((await runEval(folder)).status).toBe(0);
    expect((await runEval(folder, ['--max-error-rate', '0.04'])).status).toBe(4);
  });
});

describe('signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: what is in flight comes home, nothing more is sent, and the run can go on', async (signal, code) => {
    const server = await serve({ fault: () => ({ kind: 'delay', ms: 60 }) });
    const folder = deskFolder({ url: server.url, rows: tickets(60) });
    const { child, done } = startEval(folder, ['eval', '--json', '--concurrency', '4']);
    await until(() => server.asked.length >= 10);
    child.kill(signal);
    const { status, stdout } = await done;
    expect(status).toBe(code);
    const partial = JSON.parse(stdout) as {
      verdict: string;
      summary: { passed: number; notRun: number; errored: number };
    };
    expect(partial.verdict).toBe('unknown');
    expect(partial.summary.errored).toBe(0);
    expect(partial.summary.passed).toBe(server.asked.length);
    expect(partial.summary.passed + partial.summary.notRun).toBe(60);

    const resumed = await runEval(folder, ['--resume']);
    expect([resumed.status, resumed.json.summary]).toMatchObject([0, counts(60, 60, 0)]);
    expect(server.asked.length).toBe(60);
  });

  it('a second signal stops at once', async () => {
    const server = await serve({ fault: ({ index }) => (index >= 3 ? { kind: 'stall-headers' } : undefined) });
    const { child, done } = startEval(deskFolder({ url: server.url }), ['eval', '--json', '--concurrency', '2']);
    await until(() => server.asked.length >= 5);
    child.kill('SIGINT');
    setTimeout(() => child.kill('SIGINT'), 100);
    const { status, stdout } = await done;
    expect([status, JSON.parse(stdout)]).toMatchObject([130, { summary: { passed: 3, errored: 0, notRun: 7 } }]);
  });
});

const inASecond = (): string => new Date(Date.now() + 1000).toISOString();

describe('a clock that is set', () => {
  /** Each look at the wall clock finds another day. */
  const jumping =
    'const real = Date.now; let looks = 0; Date.now = () => real() + [0, -1, 1, -400, 30][looks++ % 5] * 86400000;';
  const options = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(jumping)}` };

  it('changes neither the results nor what is asked', async () => {
    const server = await serve({
      answer: ({ user }) => user,
      fault: ({ attempt, index }) =>
        attempt === 1 && index % 7 === 0
          ? { kind: 'status', status: 429, headers: { 'retry-after-ms': '20' } }
          : undefined,
    });
    const folder = deskFolder({ url: server.url, rows: tickets(40) });
    const { stdout: undisturbed } = await runEval(folder);
    const asked = server.asked.length;
    const { status, stdout } = await runEval(folder, [], options);
    expect([status, stdout]).toEqual([0, undisturbed]);
    expect(server.asked.length).toBe(2 * asked - 6);
  });

  it('does not stretch a wait until a time that the server names', async () => {
    const server = await serve({
      headers: ({ index }) =>
        index === 5
          ? { 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': inASecond() }
          : {},
      fault: ({ index }) =>
        index === 8
          ? { kind: 'status', status: 429, headers: { 'retry-after': new Date(Date.now() + 1000).toUTCString() } }
          : undefined,
    });
    const { status, json } = await runEval(deskFolder({ url: server.url, rows: tickets(30) }), [], options);
    expect([status, json.summary]).toMatchObject([0, counts(30, 30, 0)]);
  });
});

describe('what was there before', () => {
  it('a journal with a torn last line: that test alone is asked again', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(10) });
    const whole = (await runEval(folder)).stdout;
    const journal = join(newestRun(folder), 'journal.jsonl');
    const lines = readFileSync(journal, 'utf8').split('\n');
    const torn = lines.slice(0, 8).join('\n').length;
    truncateSync(journal, torn - 5);
    const resumed = await runEval(folder, ['--resume']);
    expect(resumed.status).toBe(0);
    expect(server.asked.length).toBe(10 + 4);
    expect(JSON.parse(resumed.stdout)).toEqual(JSON.parse(whole));
  });

  it('a line that the disk lost inside the journal is asked again, and nothing else', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(6) });
    await runEval(folder);
    const journal = join(newestRun(folder), 'journal.jsonl');
    const lines = readFileSync(journal, 'utf8').trim().split('\n');
    lines[3] = '\0'.repeat(lines[3]!.length);
    writeFileSync(journal, `${lines.slice(0, -1).join('\n')}\n`);
    const resumed = await runEval(folder, ['--resume']);
    expect([resumed.status, resumed.json.summary, server.asked.length]).toMatchObject([0, counts(6, 6, 0), 7]);
  });

  it('a cache entry cut short is a miss', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(5) });
    await runEval(folder, ['--cache', 'write']);
    expect(server.asked.length).toBe(5);
    const cache = join(folder, '.promptctl/cache');
    const entry = readdirSync(cache, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.json'))!;
    truncateSync(join(cache, entry), 40);
    const { status, json } = await runEval(folder, ['--cache', 'write']);
    expect([status, json.summary, server.asked.length]).toMatchObject([0, counts(5, 5, 0), 6]);
    await runEval(folder, ['--cache', 'read']);
    expect(server.asked.length).toBe(6);
  });

  it('errors are never cached', async () => {
    let isDown = true;
    const server = await serve({ fault: () => (isDown ? { kind: 'status', status: 400 } : undefined) });
    const folder = deskFolder({ url: server.url, rows: tickets(3) });
    expect((await runEval(folder, ['--cache', 'write'])).status).toBe(4);
    isDown = false;
    expect((await runEval(folder, ['--cache', 'write'])).status).toBe(0);
  });

  it.each([
    [
      'tests',
      'prompts/cases.jsonl',
      (text: string) => text.replace('T-3 is lost', 'T-3 is found'),
      'tests or their expectations',
    ],
    [
      'expectations',
      'prompts/cases.jsonl',
      (text: string) => text.replace('"expected":"T-3"', '"expected":"T-4"'),
      'tests or their expectations',
    ],
    ['prompts', 'prompts/desk.prompt.yml', (text: string) => text.replace('You sort', 'You answer'), 'prompts'],
    [
      'evaluators',
      'prompts/desk.prompt.yml',
      (text: string) => text.replace('promptctl/contains', 'promptctl/equals'),
      'evaluators',
    ],
  ])('%s edited between a run and its resume: refused, and nothing asked', async (_what, file, edit, words) => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(6) });
    await runEval(folder);
    const journal = join(newestRun(folder), 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').split('\n').slice(0, 4).join('\n') + '\n');
    writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), 'utf8')));
    const { status, stderr } = await runEval(folder, ['--resume']);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
    expect(server.asked.length).toBe(6);
  });

  it('nothing to resume is said, with exit 2', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url });
    expect((await runEval(folder, ['--resume'])).status).toBe(2);
    await runEval(folder);
    const { status, stderr } = await runEval(folder, ['--resume']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('Nothing to resume')]);
  });

  it('resumes from another folder of the workspace', async () => {
    const server = await serve();
    const folder = deskFolder({ url: server.url, rows: tickets(6) });
    await runEval(folder);
    const journal = join(newestRun(folder), 'journal.jsonl');
    writeFileSync(journal, readFileSync(journal, 'utf8').split('\n').slice(0, 4).join('\n') + '\n');
    const { status, json } = await runEval(join(folder, 'prompts'), ['--resume']);
    expect([status, json.summary, server.asked.length]).toMatchObject([0, counts(6, 6, 0), 9]);
  });
});

describe('the disk and its neighbours', () => {
  it('two runs at once on one folder both end, each with its own results', async () => {
    const server = await serve({ fault: () => ({ kind: 'delay', ms: 5 }) });
    const folder = deskFolder({ url: server.url, rows: tickets(40) });
    const runs = await Promise.all([runEval(folder, ['--cache', 'write']), runEval(folder, ['--cache', 'write'])]);
    expect(runs.map(({ status }) => status)).toEqual([0, 0]);
    expect(runs[0].stdout).toBe(runs[1].stdout);
    expect(readdirSync(join(folder, '.promptctl/runs')).length).toBe(2);
  });

  it('a full disk stops the run with exit 3, and it goes on when there is room', async () => {
    const server = await serve({ answer: ({ user }) => `${user} ${'x'.repeat(2000)}` });
    const folder = deskFolder({ url: server.url, rows: tickets(400) });
    // A small tmpfs in a user namespace stands for the disk.
    const bin = join(import.meta.dirname, '../../bin/promptctl.js');
    const script = `mkdir -p .promptctl && mount -t tmpfs -o size=300k none .promptctl && "${process.execPath}" "${bin}" eval --json >/dev/null; echo "first $?"; mount -o remount,size=40m .promptctl && "${process.execPath}" "${bin}" eval --json --resume > resumed.json; echo "second $?"`;
    const probe = spawnSync('unshare', ['-rm', 'true']);
    if (probe.status !== 0) {
      console.log('skipped: no user namespaces here');
      return;
    }
    const output = await new Promise<string>((resolve) => {
      const child = spawn('unshare', ['-rm', 'sh', '-c', script], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.on('close', () => resolve(said));
    });
    expect(output).toContain('the disk is full');
    expect(output).toContain('first 3');
    expect(output).toContain('second 0');
    expect(JSON.parse(readFileSync(join(folder, 'resumed.json'), 'utf8'))).toMatchObject({
      summary: counts(400, 400, 0),
    });
    const repeated = server.asked.length - 400;
    expect(repeated).toBeLessThanOrEqual(64);
  });

  it('the key reaches no file, no stream and no error', async () => {
    const server = await serve({
      fault: ({ user, headers }) =>
        user.startsWith('T-2 ')
          ? { kind: 'status', status: 401, message: `bad key ${String(headers.authorization)}` }
          : undefined,
      answer: ({ user, headers }) => `${user} ${String(headers.authorization)}`,
    });
    const provider = { kind: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeyEnv: 'DESK_KEY' };
    const folder = deskFolder({ url: server.url, rows: tickets(4), provider });
    const args = [
      '--record',
      '--cache',
      'write',
      '--explain-cache',
      '--verbose',
      '--format',
      'html=out.html',
      '--format',
      'junit=out.xml',
    ];
    const { stdout, stderr } = await runEval(folder, args, { DESK_KEY: KEY });
    expect(server.asked[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(8);
    for (const text of [
      stdout,
      stderr,
      ...files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')),
    ])
      expect(text).not.toContain(KEY);
    expect(existsSync(join(folder, 'evals/cassettes/desk.json'))).toBe(true);
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
