import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { writeFileAtomic } from './atomic.ts';

const MAX_KEPT = 50;

/**
 * Files that cost only time to lose, in the user's own cache folder and not beside the prompts: a file that a branch brings along must
 * not say what a run found. Trouble with it is never told.
 */
export class UserCache {
  readonly #folder: string | undefined;

  constructor(kind: string, { env, platform }: Pick<NodeJS.Process, 'env' | 'platform'> = process) {
    const home = homeOf(env, platform);
    this.#folder = home !== undefined && isAbsolute(home) ? join(home, 'promptctl', kind) : undefined;
  }

  /** Undefined where nothing is kept under the name, or by somebody else. */
  read(name: string): string | undefined {
    if (this.#folder === undefined) return undefined;
    let file: number | undefined;
    try {
      file = openSync(join(this.#folder, name), 'r');
      if (process.getuid && fstatSync(file).uid !== process.getuid()) return undefined;
      return readFileSync(file, 'utf8');
    } catch {
      return undefined;
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }

  /** The newest files stay. */
  write(name: string, text: string): void {
    if (this.#folder === undefined) return;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileAtomic(join(this.#folder, name), text);
      const kept = readdirSync(this.#folder).map((file) => join(this.#folder!, file));
      if (kept.length <= MAX_KEPT) return;
      const byAge = kept
        .map((file) => ({ file, written: statSync(file).mtimeMs }))
        .sort((a, b) => b.written - a.written);
      for (const { file } of byAge.slice(MAX_KEPT)) rmSync(file);
    } catch {
      // No place to write.
    }
  }
}

function homeOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return env['LOCALAPPDATA'];
  if (env['XDG_CACHE_HOME']) return env['XDG_CACHE_HOME'];
  return env['HOME'] === undefined ? undefined : join(env['HOME'], platform === 'darwin' ? 'Library/Caches' : '.cache');
}
