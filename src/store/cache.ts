import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskError } from './disk-error.ts';

/** `read` uses what is there; `write` also adds; `refresh` only adds, over what is there; `off` does neither. */
export type CacheMode = 'read' | 'write' | 'refresh' | 'off';

/**
 * Answers by the digest of what was asked: one file an entry, `ab/cdef....json`. A file cut short, or one that holds another
 * key, is a miss. Writers never see each other's half-written files, so any number of runs may share a folder.
 */
export class Cache {
  readonly #folder: string;
  readonly #reads: boolean;
  readonly #writes: boolean;
  readonly #made = new Set<string>();
  #count = 0;

  constructor(folder: string, mode: CacheMode) {
    this.#folder = folder;
    this.#reads = (mode === 'read' || mode === 'write') && (mode === 'write' || existsSync(folder));
    this.#writes = mode === 'write' || mode === 'refresh';
  }

  /** The value kept under a key of hex digits, or undefined. */
  get(key: string): unknown {
    if (!this.#reads) return undefined;
    let text: string;
    try {
      text = readFileSync(this.#path(key), 'utf8');
    } catch {
      // Nothing there, or nothing that can be read: a miss either way.
      return undefined;
    }
    try {
      const entry = JSON.parse(text) as { readonly key?: unknown; readonly value?: unknown };
      return entry.key === key ? entry.value : undefined;
    } catch {
      // Cut short by a crash or a full disk.
      return undefined;
    }
  }

  /** @throws PromptctlError where the disk refuses. */
  put(key: string, value: unknown): void {
    if (!this.#writes) return;
    const path = this.#path(key);
    const temporary = `${path}.${process.pid}-${++this.#count}.tmp`;
    try {
      const folder = join(this.#folder, key.slice(0, 2));
      if (!this.#made.has(folder)) mkdirSync(folder, { recursive: true });
      this.#made.add(folder);
      writeFileSync(temporary, JSON.stringify({ key, value }));
      renameSync(temporary, path);
    } catch (error) {
      throw diskError(error, path);
    }
  }

  #path(key: string): string {
    return join(this.#folder, key.slice(0, 2), `${key.slice(2)}.json`);
  }
}
