import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Spread, spread, verdict } from './support/interleaved.ts';

/** What a start costs over bare node: interleaved child processes, medians of the ratios round by round. */

const BIN = fileURLToPath(new URL('../bin/promptctl.js', import.meta.url));
const RUNTIME = new URL('../dist/runtime.js', import.meta.url).href;
const ROUNDS = Number(process.env['ROUNDS'] ?? 25);

const folder = mkdtempSync(join(tmpdir(), 'promptctl-bench-'));
const prompt = (budget: string): string => `promptctl: 1
name: Triage
description: Puts one ticket in a queue.
model: openai/gpt-4o-mini
variables:
  ticket: { type: string, maxLength: 4000, maxTokens: 1000, trust: user }
messages:
  - { role: system, content: "You sort tickets of a support desk into queues." }
  - { role: user, content: "{{ticket}}" }
${budget}testData:
  - { ticket: It crashes, expected: bugs }
evaluators:
  - { name: right, string: { contains: "{{expected}}" } }
`;
writeFileSync(join(folder, 'plain.prompt.yml'), prompt(''));
writeFileSync(join(folder, 'budget.prompt.yml'), prompt('budget: { inputTokens: 2000 }\n'));
writeFileSync(join(folder, 'values.json'), '{"ticket":"It crashes"}');
writeFileSync(join(folder, 'empty.mjs'), '');
spawnSync(process.execPath, [BIN, 'compile', '--out', 'bundle.json'], { cwd: folder });
const loader = `import { readFileSync } from 'node:fs'; import { loadBundle } from '${RUNTIME}'; loadBundle(readFileSync('fifty.json', 'utf8'));`;
const bundle = JSON.parse(spawnSync('cat', [join(folder, 'bundle.json')], { encoding: 'utf8' }).stdout) as {
  prompts: Record<string, object>;
};
const [first] = Object.values(bundle.prompts);
bundle.prompts = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`p${at}`, { ...first, id: `p${at}` }]));
writeFileSync(join(folder, 'fifty.json'), JSON.stringify(bundle));
writeFileSync(join(folder, 'load.mjs'), loader);

const runs: Readonly<Record<string, readonly string[]>> = {
  'bare node': ['empty.mjs'],
  '--version': [BIN, '--version'],
  '--help': [BIN, '--help'],
  'lint of one file': [BIN, 'lint', 'plain.prompt.yml'],
  'lint with a budget (counts)': [BIN, 'lint', 'budget.prompt.yml'],
  render: [BIN, 'render', 'plain.prompt.yml', '--vars', 'values.json'],
  'compile --check': [BIN, 'compile', '--check', '--out', 'bundle.json'],
  'runtime + 50-prompt bundle': ['load.mjs'],
};
/** What a first run costs, before compiled code is kept. */
const FIRST = 'lint of one file, first run';
const bounds: Readonly<Record<string, number>> = {
  '--version': 1.3,
  '--help': 1.3,
  'lint of one file': 1.6,
  'lint with a budget (counts)': 2.0,
  render: 2.0,
};

const samples = new Map<string, number[]>([...Object.keys(runs), FIRST].map((name) => [name, []]));
for (let round = -2; round < ROUNDS; round++) {
  for (const [name, args] of [...Object.entries(runs), [FIRST, runs['lint of one file']!] as const]) {
    const env = name === FIRST ? { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } : process.env;
    const start = performance.now();
    const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: 'ignore', env });
    const took = performance.now() - start;
    if (status === null || status > 1) throw new Error(`${name} exits ${status}`);
    if (round >= 0) samples.get(name)!.push(took);
  }
}
rmSync(folder, { recursive: true, force: true });

const bare = samples.get('bare node')!;
console.log(
  `${ROUNDS} interleaved rounds on Node ${process.versions.node}; ratios to bare node in the same round, median [quartiles]`,
);
for (const [name, list] of samples) {
  const times = spread(list);
  const ratios: Spread = spread(list.map((took, round) => took / bare[round]!));
  console.log(
    `  ${name.padEnd(28)} ${times.median.toFixed(1).padStart(7)} ms   ${ratios.median.toFixed(2)}x [${ratios.low.toFixed(2)} - ${ratios.high.toFixed(2)}]`,
  );
}
for (const [name, bound] of Object.entries(bounds)) {
  console.log(
    verdict(
      `${name} over bare node`,
      spread(samples.get(name)!.map((took, round) => took / bare[round]!)).median,
      bound,
      'at most',
    ),
  );
}
const over = spread(samples.get('runtime + 50-prompt bundle')!.map((took, round) => took - bare[round]!)).median;
console.log(verdict('runtime and a 50-prompt bundle, ms over bare node', over, 10, 'at most'));
