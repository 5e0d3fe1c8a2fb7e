import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Builds before the tests where the source is newer than the build: the CLI's tests run the built files. */
export default function setup(): void {
  const built = join(ROOT, 'dist/cli.cjs');
  if (existsSync(built) && statSync(built).mtimeMs > newest(join(ROOT, 'src'))) return;
  execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts', '--no-types'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
}

/** When the newest file under a folder was written, in milliseconds. */
export function newest(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(...entries.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}
