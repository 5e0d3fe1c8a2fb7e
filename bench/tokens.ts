/**
 * The bounds that token counting is held to, against the counters people use, in one interleaved run:
 *
 *     npm install --prefix bench/peers/tokens --no-package-lock
 *     npx tsx bench/tokens.ts [--rounds=3] [--only=load,Arabic]
 *
 * Every figure is the median of the rounds, with the lowest and the highest. In each round every
 * library runs each job in a process of its own, one after the other. The built bundle is measured.
 * The bounds are against the best peer, so the first round is for all of them, and those that are far
 * from the best at a job sit out its other rounds. Three rounds take about three minutes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { LIBRARIES } from './tokens/libraries.ts';
import type { Figures, Job, Task } from './tokens/measure.ts';
import { NODE, OURS, Samples, report } from './tokens/report.ts';
import { Random, TEXTS } from './tokens/texts.ts';

const PEERS = fileURLToPath(new URL('peers/tokens/node_modules/', import.meta.url));
/** A peer this many times slower than the best in the rounds so far, in each of a job's figures, sits out the rest. */
const FAR = 1.5;
/** A peer that takes so many times longer than the others before it is stopped, and not run again after the second time. */
const TOO_LONG = 1.5;
const ENOUGH_OTHERS = 4;
const MOST_STOPS = 2;
const FILES = 100;
/** Loading and the files are over in a moment, and their bounds are close: more samples a round. */
const SHORT_JOB_SAMPLES = 3;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, only: { type: 'string' } } });
const rounds = Number(values.rounds);
const only = values.only?.split(',');
if (!existsSync(PEERS))
  throw new Error('Install the peers first: npm install --prefix bench/peers/tokens --no-package-lock');

const folder = mkdtempSync(join(tmpdir(), 'bench-tokens-'));
const stops = new Map<string, number>();
try {
  await prepare();
  const samples = new Samples();
  for (let round = 0; round < rounds; round++) {
    for (const [name, job] of jobsOf(round)) {
      const times = job.kind === 'load' || job.kind === 'files' ? SHORT_JOB_SAMPLES : 1;
      const ran = new Set<string>();
      for (let time = 0; time < times; time++) {
        for (const library of runEach(samples, round, name, job)) ran.add(library);
      }
      console.error(`round ${round + 1} of ${rounds}, ${name}: ${samples.latest(name, [...ran])}`);
    }
  }
  report(samples);
} finally {
  rmSync(folder, { recursive: true });
}

function jobsOf(round: number): [name: string, job: Job][] {
  const jobs: [string, Job][] = [
    ['load', { kind: 'load' }],
    ['files', { kind: 'files', folder: join(folder, 'files') }],
    ...[...Object.keys(TEXTS), 'short strings'].map((text): [string, Job] => [
      text,
      { kind: 'passes', text, seed: 1 + round },
    ]),
    ['long', { kind: 'long' }],
  ];
  return jobs.filter(([name]) => only === undefined || only.includes(name));
}

async function prepare(): Promise<void> {
  const root = fileURLToPath(new URL('../', import.meta.url));
  spawnSync(process.execPath, ['--import', 'tsx', 'scripts/token-tables.ts'], { cwd: root, stdio: 'inherit' });
  await build({
    absWorkingDir: root,
    entryPoints: { tokens: 'src/tokens/bpe/index.ts', measure: 'bench/tokens/measure.ts' },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
  });
  cpSync(join(root, 'dist/tokens'), join(folder, 'tokens'), { recursive: true });
  mkdirSync(join(folder, 'files'));
  for (let index = 0; index < FILES; index++) {
    const random = new Random(index);
    const text = random.pick(['English', 'English', 'code', 'JSON', 'Chinese']);
    writeFileSync(join(folder, 'files', `${index}.txt`), TEXTS[text]!(random, 4000));
  }
}

/** Runs a job under every library that may be the best at it, each round starting with another; returns which ran to the end. */
function runEach(samples: Samples, round: number, name: string, job: Job): string[] {
  const names = job.kind === 'long' ? [OURS] : Object.keys(LIBRARIES);
  const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
  if (job.kind === 'files') samples.add('files', NODE, { process: bareNode() });
  const times: number[] = [];
  return order.filter((library) => {
    if ((stops.get(library) ?? 0) >= MOST_STOPS || samples.isFar(name, library, FAR)) return false;
    const limit = times.length < ENOUGH_OTHERS ? undefined : Math.ceil(TOO_LONG * Math.max(...times));
    const ran = run(library, job, limit);
    if (ran === undefined) {
      stops.set(library, (stops.get(library) ?? 0) + 1);
      return false;
    }
    times.push(ran.process);
    samples.add(name, library, job.kind === 'files' ? { process: ran.process } : ran.figures);
    return true;
  });
}

/** What the job's process measured and how long it lived; undefined if it was stopped after `limit` milliseconds. */
function run(
  library: string,
  job: Job,
  limit: number | undefined,
): { readonly figures: Figures; readonly process: number } | undefined {
  const task: Task = { library, job, bundle: join(folder, 'tokens.mjs'), peers: PEERS };
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'measure.mjs'), JSON.stringify(task)], {
    encoding: 'utf8',
    killSignal: 'SIGKILL',
    timeout: limit,
  });
  const time = performance.now() - started;
  if (status === null) return undefined;
  if (status !== 0) throw new Error(`${library}: ${stderr}`);
  return { figures: JSON.parse(stdout) as Figures, process: time };
}

function bareNode(): number {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - started;
}
