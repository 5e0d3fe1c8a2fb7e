import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Every benchmark, one after another: `npm run bench`, or `npm run bench -- render lint` for some. Peers are installed apart. */

const folder = fileURLToPath(new URL('.', import.meta.url));
const PEERS: Readonly<Record<string, string>> = { render: 'render', metrics: 'metrics', tokens: 'tokens' };
const FLAGS: Readonly<Record<string, readonly string[]>> = { diff: ['--expose-gc'] };
const all = ['startup', 'lint', 'hostile', 'render', 'diff', 'metrics', 'tokens', 'eval'].filter((name) =>
  existsSync(`${folder}${name}.ts`),
);
const asked = process.argv.slice(2);

for (const name of asked.length > 0 ? asked : all) {
  const peers = PEERS[name];
  if (peers !== undefined && !existsSync(`${folder}peers/${peers}/node_modules`)) {
    console.log(
      `\n# ${name}: not run; its peers come with \`npm install --prefix bench/peers/${peers} --no-package-lock\``,
    );
    continue;
  }
  console.log(`\n# ${name}`);
  const { status } = spawnSync('npx', ['tsx', ...(FLAGS[name] ?? []), `${folder}${name}.ts`], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
