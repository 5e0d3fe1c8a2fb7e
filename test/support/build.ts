import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Builds once before the tests, unless `npm test` has just done it. */
export default function setup(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  if (process.env['PROMPTCTL_BUILT'] === '1' && existsSync(`${root}/dist/cli.js`)) return;
  execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts', '--no-types'], { cwd: root, stdio: 'inherit' });
}
