import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interleaved, table, verdict } from './support/interleaved.ts';
import { diffSides } from '../src/diff/index.ts';
import { mergeBase, repositoryOf, sidesSince } from '../src/release/index.ts';
import { diskSource, findConfig, gitSource, loadWorkspace } from '../src/workspace/index.ts';

/**
 * `promptctl diff` on a repository of 2 000 prompts, 20 of them changed, against its floor: `git diff main` and parsing the 20
 * files twice, once warm in this process, and once as a process that starts, parses and ends.
 */

const PROMPTS = 2000;
const CHANGED = 20;
const ROUNDS = Number(process.env['ROUNDS'] ?? 15);
const TOOLS = new URL('../dist/index.js', import.meta.url).href;
const BIN = fileURLToPath(new URL('../bin/promptctl.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'promptctl-bench-'));
try {
  const changed = makeRepository();
  const { config } = findConfig(folder);
  const results = await interleaved(
    {
      'git diff main': () => git('diff', 'main'),
      'parse 20 files twice, warm': () => parseTwice(config, changed),
      'diff, in process, warm': () => compare(config),
      'parse 20 files twice, a process': () => run(process.execPath, ['parse.mjs']),
      'promptctl diff': () => run(process.execPath, [BIN, 'diff', '--no-tokens']),
      'promptctl diff with tokens': () => run(process.execPath, [BIN, 'diff']),
    },
    { rounds: ROUNDS },
  );
  const of = (name: string): number => results[name]!.median;
  console.log(table(`${PROMPTS} prompts, ${CHANGED} changed, ${ROUNDS} interleaved rounds`, results));
  const warm = of('git diff main') + of('parse 20 files twice, warm');
  const cold = of('git diff main') + of('parse 20 files twice, a process');
  console.log(verdict('in process, to git diff and parsing', of('diff, in process, warm') / warm, 3, 'at most'));
  console.log(verdict('the command, to git diff and a process that parses', of('promptctl diff') / cold, 3, 'at most'));

  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < 20; round++) compare(config);
  global.gc?.();
  console.log(
    `heap after 20 more: ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(1)} MB more${global.gc ? '' : ' (run with --expose-gc)'}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

type Config = ReturnType<typeof findConfig>['config'];

function parseTwice(config: Config, files: readonly string[]): void {
  loadWorkspace(diskSource(folder), config, { files });
  loadWorkspace(gitSource(folder, 'main'), config, { files });
}

function compare(config: Config): void {
  const repository = repositoryOf(folder);
  const sides = sidesSince(repository, mergeBase(repository, undefined), config, diskSource(folder));
  const { changes } = diffSides(sides.old, sides.new, { today: '2026-01-15' });
  if (changes.length !== CHANGED) throw new Error(`${changes.length} changes`);
}

function makeRepository(): string[] {
  write('promptctl.yaml', 'version: 1.0.0\nprompts: "prompts/**/*.prompt.yml"\nroot: prompts\n');
  for (let at = 0; at < PROMPTS; at++) write(pathOf(at), promptText(at, 'kind'));
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'begin');
  git('checkout', '-q', '-b', 'work');
  const changed = Array.from({ length: CHANGED }, (_, at) => at * 97);
  for (const at of changed) write(pathOf(at), promptText(at, 'brief'));
  write(
    'parse.mjs',
    `import { diskSource, findConfig, gitSource, loadWorkspace } from ${JSON.stringify(TOOLS)};
const { config } = findConfig('.');
const files = ${JSON.stringify(changed.map(pathOf))};
for (const source of [diskSource('.'), gitSource('.', 'main')]) loadWorkspace(source, config, { files });
`,
  );
  return changed.map(pathOf);
}

function pathOf(at: number): string {
  return `prompts/team-${at % 40}/prompt-${at}.prompt.yml`;
}

function promptText(at: number, manner: string): string {
  return `promptctl: 1
name: Prompt ${at}
version: 1.0.0
model: openai/gpt-4o-mini
modelParameters: { temperature: 0, maxTokens: 300 }
variables:
  product: { type: string, enum: [app, billing], trust: trusted }
  ticket: { type: string, maxLength: 6000, maxTokens: 1500, trust: user }
messages:
  - role: system
    content: |
${`      You sort tickets of a support desk, and you are ${manner} to everyone who writes. Rule ${at}.\n`.repeat(12)}
  - role: user
    content: |
      Ticket for {{product}}:
      {{ticket}}
responseFormat: json_schema
jsonSchema:
  name: triage
  strict: true
  schema:
    type: object
    additionalProperties: false
    required: [queue, urgency]
    properties:
      queue: { type: string, enum: [bugs, invoices, questions] }
      urgency: { type: string, enum: [low, high] }
testData:
  - { product: app, ticket: It crashes }
`;
}

function write(path: string, text: string): void {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}

function git(...args: string[]): void {
  run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args]);
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { cwd: folder });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.toString('utf8')}`);
}
