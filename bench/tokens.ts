/**
 * The bounds that token counting is held to, against the counters people use, in one interleaved run:
 *
 *     npm install --prefix bench/peers/tokens --no-package-lock
 *     npx tsx bench/tokens.ts [--rounds=5]
 *
 * Every figure is the median of the rounds, with the lowest and the highest. In each round every
 * library runs each job in a process of its own, one after the other. The built bundle is measured.
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
import { Samples, report } from './tokens/report.ts';
import { Random, TEXTS } from './tokens/texts.ts';

const PEERS = fileURLToPath(new URL('peers/tokens/node_modules/', import.meta.url));
/** A peer this many times slower than the fastest in the first round sits out the rest. */
const HOPELESS = 12;
const FILES = 100;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
if (!existsSync(PEERS))
  throw new Error('Install the peers first: npm install --prefix bench/peers/tokens --no-package-lock');

const folder = mkdtempSync(join(tmpdir(), 'bench-tokens-'));
try {
  await prepare();
  const samples = new Samples();
  for (let round = 0; round < rounds; round++) {
    runEach(samples, round, 'load', { kind: 'load' });
    runEach(samples, round, 'files', { kind: 'files', folder: join(folder, 'files') });
    for (const text of [...Object.keys(TEXTS), 'short strings']) {
      runEach(samples, round, text, { kind: 'passes', text, seed: 1 + round });
    }
    samples.add('long', 'promptctl', run('promptctl', { kind: 'long' }).figures);
  }
  report(samples);
} finally {
  rmSync(folder, { recursive: true });
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

/** Runs a job under every library, each round starting with another. */
function runEach(samples: Samples, round: number, name: string, job: Job): void {
  const names = Object.keys(LIBRARIES);
  const order = [...names.slice(round % names.length), ...names.slice(0, round % names.length)];
  if (job.kind === 'files') samples.add('files', 'node itself', { process: bareNode() });
  for (const library of order) {
    if (samples.isHopeless(name, library, HOPELESS)) continue;
    const { figures, process } = run(library, job);
    samples.add(name, library, job.kind === 'files' ? { process } : figures);
  }
}

function run(library: string, job: Job): { readonly figures: Figures; readonly process: number } {
  const task: Task = { library, job, bundle: join(folder, 'tokens.mjs'), peers: PEERS };
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, 'measure.mjs'), JSON.stringify(task)], {
    encoding: 'utf8',
  });
  const time = performance.now() - started;
  if (status !== 0) throw new Error(`${library}: ${stderr}`);
  return { figures: JSON.parse(stdout) as Figures, process: time };
}

function bareNode(): number {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - started;
}
