import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync } from 'node:fs';

export function isThere(path: string): boolean {
  return existsSync(path);
}

export function removeFile(path: string): void {
  rmSync(path, { force: true });
}

/** SHA-256 of a file in hex; undefined where it can't be read. */
export function fileDigest(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return undefined;
  }
}

/** A new file is there after a crash of the machine only when its folder was synced too. */
export function syncFolder(folder: string): void {
  let file: number | undefined;
  try {
    file = openSync(folder, 'r');
    fsyncSync(file);
  } catch {
    // Windows syncs no folders.
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
