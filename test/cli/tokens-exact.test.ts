import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { folderOf } from '../support/folder.ts';

const BIN = fileURLToPath(new URL('../../bin/promptctl.js', import.meta.url));
const KEY = 'test-key-that-must-stay-inside';

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Record<string, unknown>;
}

let server: Server | undefined;
afterEach(() => server?.close());

/** A counting server: it answers by path, and remembers what it was asked. */
async function countingServer(
  answer: (url: string) => { status: number; body: unknown },
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({ url: request.url!, headers: request.headers, body: JSON.parse(text) as Record<string, unknown> });
      const { status, body } = answer(request.url!);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function run(folder: string, args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { ...process.env, OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY, GEMINI_API_KEY: KEY, NO_COLOR: '1' };
  return new Promise((done) => {
    execFile(process.execPath, [BIN, 'tokens', ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      done({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

function workspace(kind: string, baseUrl: string, model: string): string {
  return folderOf({
    'promptctl.yaml': `providers: { counting: { kind: ${kind}, baseUrl: "${baseUrl}" } }\n`,
    'sort.prompt.yml': `promptctl: 1\nmodel: ${model}\nvariables: { ticket: { type: string, maxLength: 100 } }\nmessages:\n  - { role: system, content: You sort tickets. }\n  - { role: user, content: "{{ticket}}" }\n`,
    'values.json': '{"ticket":"It crashes"}',
  });
}

it.each([
  ['openai', 'openai/gpt-4o-mini', '/v1/responses/input_tokens', { input_tokens: 77 }],
  ['anthropic', 'anthropic/claude-sonnet-4-5', '/v1/messages/count_tokens', { input_tokens: 77 }],
  ['gemini', 'google/gemini-2.5-flash', '/v1/models/gemini-2.5-flash:countTokens', { totalTokens: 77 }],
])('%s counts, and each content is asked for once', async (kind, model, path, body) => {
  const { url, asked } = await countingServer(() => ({ status: 200, body }));
  const folder = workspace(kind, `${url}/v1`, model);
  for (let time = 0; time < 2; time++) {
    const { status, stdout, stderr } = await run(folder, ['--exact', '--vars', 'values.json', '--json']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { prompts } = JSON.parse(stdout) as { prompts: { given: object }[] };
    expect(prompts[0]!.given).toEqual({ tokens: 77, kind: 'exact', by: `${kind}'s counting endpoint` });
  }
  expect(asked.map((request) => request.url)).toEqual([path]);
  expect(JSON.stringify(asked[0]!.body)).toContain('It crashes');
  const written = readdirSync(join(folder, '.promptctl'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(written.length).toBe(1);
  for (const entry of written) expect(readFileSync(join(entry.parentPath, entry.name), 'utf8')).not.toContain(KEY);
});

it('says that the count is unknown where the provider does not answer with one', async () => {
  const { url } = await countingServer(() => ({ status: 500, body: { error: { message: `no luck for ${KEY}` } } }));
  const { status, stdout, stderr } = await run(workspace('openai', `${url}/v1`, 'openai/gpt-4o-mini'), ['--exact']);
  expect(status).toBe(4);
  expect(stdout).toBe('');
  expect(stderr).toContain('The count is unknown: HTTP 500');
  expect(stderr).not.toContain(KEY);
});

it('names a model that nobody counts for, and refuses to go online under --offline', async () => {
  const folder = workspace('openai', 'http://127.0.0.1:9/v1', 'mistral-ai/mistral-small-2503');
  expect(await run(folder, ['--exact'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('no provider counts for `mistral-ai/mistral-small-2503`') as string,
  });
  expect(await run(folder, ['--exact', '--offline'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--offline forbids it') as string,
  });
});
