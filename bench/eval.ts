import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spread, verdict } from './support/interleaved.ts';

/**
 * What a case costs, against the floor client and, where it is installed, promptfoo; every run has a fresh mock server, and a round runs
 * each tool once. Figures are medians of the rounds.
 *
 *     npx tsx bench/eval.ts            10 000 cases, then 1 000 at 200 ms latency
 *     CASES=100000 npx tsx bench/eval.ts
 *     PROMPTFOO_DIR=... NODE24=...     adds promptfoo, which needs a newer Node than 20
 */

const TOOLS = fileURLToPath(new URL('../../shared/tools/bench/', import.meta.url));
const BIN = fileURLToPath(new URL('../bin/promptctl.js', import.meta.url));
const CASES = Number(process.env['CASES'] ?? 10_000);
const ROUNDS = Number(process.env['ROUNDS'] ?? 3);
const CONCURRENCY = 50;
const PROMPTFOO = process.env['PROMPTFOO_DIR'];
const NODE24 = process.env['NODE24'] ?? process.execPath;

/** One line of run-one.mjs. */
interface Figures {
  readonly rc: number;
  readonly wall_s: number;
  readonly rss_mb: number;
  readonly cpu_ms_per_case: number;
  readonly requests: number;
  readonly repeated: number;
}

interface Case {
  readonly id: string;
  readonly vars: Readonly<Record<string, string>>;
  readonly assert: readonly { readonly value: string }[];
}

if (!existsSync(TOOLS)) {
  console.log('skipped: there is no ../shared/tools/bench beside this repository');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-eval-'));
  try {
    compareAt(folder, CASES, 0);
    compareAt(folder, 1000, 200);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compareAt(folder: string, cases: number, latencyMs: number): void {
  const desk = join(folder, String(cases));
  writeCases(desk, cases);
  const tools: Readonly<Record<string, () => Figures>> = {
    'floor client': () => measure(cases, latencyMs, floorCommand(desk)),
    promptctl: () => measure(cases, latencyMs, ourCommand(desk)),
    ...(PROMPTFOO === undefined
      ? {}
      : { promptfoo: () => measure(cases, latencyMs, promptfooCommand(desk, PROMPTFOO)) }),
  };
  const figures = new Map<string, Figures[]>(Object.keys(tools).map((name) => [name, []]));
  let diskMb = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(tools)) {
      figures.get(name)!.push(run());
    }
    diskMb = checkOurs(desk);
  }
  console.log(`${cases} cases, ${latencyMs} ms latency, ${CONCURRENCY} at once, ${ROUNDS} rounds; medians`);
  for (const [name, list] of figures)
    console.log(
      `  ${name.padEnd(13)} ${median(list, 'cpu_ms_per_case').toFixed(2).padStart(6)} ms CPU a case  ${median(list, 'rss_mb').toFixed(0).padStart(5)} MB peak  ${median(list, 'wall_s').toFixed(2).padStart(7)} s`,
    );
  const ours = figures.get('promptctl')!;
  const floor = figures.get('floor client')!;
  if (latencyMs === 0) {
    // 0.3 ms where the floor client takes 0.10: a busy machine slows both.
    console.log(verdict('CPU a case over the floor client', ratio(ours, floor, 'cpu_ms_per_case'), 3, 'at most'));
    console.log(verdict('peak memory, MB', median(ours, 'rss_mb'), 150, 'at most'));
    console.log(verdict('journal, results and timings, MB', diskMb, (6 * cases) / 10_000, 'at most'));
  } else {
    console.log(verdict('wall time over the floor client', ratio(ours, floor, 'wall_s'), 1.12, 'at most'));
  }
}

function median(list: readonly Figures[], name: 'wall_s' | 'rss_mb' | 'cpu_ms_per_case'): number {
  return spread(list.map((figures) => figures[name])).median;
}

/** Round by round, so that what disturbs the machine disturbs both. */
function ratio(ours: readonly Figures[], floor: readonly Figures[], name: 'wall_s' | 'cpu_ms_per_case'): number {
  return spread(ours.map((figures, round) => figures[name] / floor[round]![name])).median;
}

/** The same cases for every tool: gen-cases.mjs writes its own form and promptfoo's, and ours is made of the first. */
function writeCases(desk: string, cases: number): void {
  run(process.execPath, [join(TOOLS, 'gen-cases.mjs'), '--cases', String(cases), '--out', desk]);
  mkdirSync(join(desk, 'prompts'));
  const rows = readFileSync(join(desk, 'cases.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
    .map(({ id, vars, assert }) => `${JSON.stringify({ $name: id, ...vars, expected: assert[0]!.value })}\n`);
  writeFileSync(join(desk, 'prompts/cases.jsonl'), rows.join(''));
  const prompt = {
    name: 'desk',
    model: 'local/mock',
    modelParameters: { temperature: 0, maxTokens: 256 },
    messages: JSON.parse(readFileSync(join(desk, 'prompt.json'), 'utf8')) as unknown,
    tests: './cases.jsonl',
    evaluators: [
      { name: 'names the ticket', uses: 'promptctl/contains' },
      { name: 'no refusal', uses: 'promptctl/contains', with: { value: 'I cannot help', not: true } },
      { name: 'keeps the question', uses: 'promptctl/regex', with: { value: 'asks about: [a-z ]+\\.' } },
    ],
  };
  writeFileSync(join(desk, 'prompts/desk.prompt.yml'), JSON.stringify(prompt));
}

function floorCommand(desk: string): string {
  return `exec '${process.execPath}' '${TOOLS}floor-client.mjs' --dir '${desk}' -j ${CONCURRENCY} --out '${desk}/floor.jsonl'`;
}

/** The mock's address is known only when it has started. */
function ourCommand(desk: string): string {
  return [
    `rm -rf '${desk}/.promptctl'`,
    `printf 'prompts: ["prompts/*.prompt.yml"]\\nproviders: { local: { kind: openai-compatible, baseUrl: "%s" } }\\n' "$MOCK_BASE_URL" > '${desk}/promptctl.yaml'`,
    `exec '${process.execPath}' '${BIN}' -C '${desk}' eval --concurrency ${CONCURRENCY} -q`,
  ].join(' && ');
}

function promptfooCommand(desk: string, folder: string): string {
  const entry = join(folder, 'node_modules/promptfoo/dist/src/entrypoint.js');
  const quiet =
    'PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_DISABLE_REMOTE_GENERATION=1 PROMPTFOO_DISABLE_SHARING=1';
  return `rm -rf '${desk}/pf' && ${quiet} PROMPTFOO_CONFIG_DIR='${desk}/pf' exec '${NODE24}' '${entry}' eval -c '${desk}/promptfooconfig.yaml' -j ${CONCURRENCY} --no-cache --no-table --no-progress-bar -o '${desk}/pf.json'`;
}

function measure(cases: number, latencyMs: number, command: string): Figures {
  const mock = `MOCK_LATENCY_MS=${latencyMs}`;
  const one = [join(TOOLS, 'run-one.mjs'), '--cases', String(cases), '--mock', mock, '--', 'sh', '-c', command];
  const out = run(process.execPath, one);
  const figures = JSON.parse(out) as Figures;
  if (figures.requests !== cases || figures.repeated > 0)
    throw new Error(`exit ${figures.rc}, ${figures.requests} requests, ${figures.repeated} of them again: ${command}`);
  return figures;
}

/** That the run counted what had to pass and to fail; gives what it left on disk, in MB. */
function checkOurs(desk: string): number {
  const runs = join(desk, '.promptctl/runs');
  const folder = join(runs, readdirSync(runs).sort().at(-1)!);
  const { summary } = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as {
    summary: { passed: number; failed: number };
  };
  const expected = JSON.parse(readFileSync(join(desk, 'expected.json'), 'utf8')) as { pass: number; fail: number };
  if (summary.passed !== expected.pass || summary.failed !== expected.fail)
    throw new Error(`${JSON.stringify(summary)} instead of ${JSON.stringify(expected)}`);
  return ['journal.jsonl', 'results.json', 'timings.json'].reduce(
    (sum, name) => sum + statSync(join(folder, name)).size / 1e6,
    0,
  );
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${args[0]} exits ${status}: ${stderr}`);
  return stdout;
}
