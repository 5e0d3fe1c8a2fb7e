import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds dist/tokens unless it is there and fresh; a few seconds the first time. */
export function buildTokenTables(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/token-tables.ts'], { cwd: root });
}
