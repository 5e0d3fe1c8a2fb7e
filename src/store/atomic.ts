import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diskError } from './disk-error.ts';

const BLOCK = 64 * 1024;
let count = 0;

/**
 * Writes a whole file or nothing: to a temporary file beside it, synced, then renamed. Pieces of text are joined on the way, so a large
 * file never stands in memory. Missing folders are made.
 *
 * @throws PromptctlError `unreadable` where the disk refuses; what was there before is untouched.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array | Iterable<string>): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${++count}.tmp`);
  let file: number | undefined;
  let isMade = false;
  try {
    mkdirSync(dirname(path), { recursive: true });
    file = openSync(temporary, 'wx', modeOf(path));
    isMade = true;
    for (const block of blocksOf(content)) writeAll(file, block);
    fsyncSync(file);
    closeSync(file);
    file = undefined;
    renameSync(temporary, path);
  } catch (error) {
    if (file !== undefined) closeSync(file);
    if (isMade) rmSync(temporary, { force: true });
    throw diskError(error, path);
  }
}

/** A file that is replaced keeps its permissions: what only its owner could read stays so. */
function modeOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o666) & 0o777;
}

/** The kernel may take less than it was given. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function* blocksOf(content: string | Uint8Array | Iterable<string>): Iterable<Uint8Array> {
  if (typeof content === 'string') return yield Buffer.from(content);
  if (content instanceof Uint8Array) return yield content;
  let pending = '';
  for (const piece of content) {
    pending += piece;
    if (pending.length < BLOCK) continue;
    yield Buffer.from(pending);
    pending = '';
  }
  yield Buffer.from(pending);
}
