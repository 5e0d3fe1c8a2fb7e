import { type FileBytes, MAX_FILE_BYTES, TOO_LARGE } from '../workspace/index.ts';
import { tryGit } from './git.ts';

/** Reads objects of git in one process, each under the path that asks for it. */
export function readObjects(folder: string, objectByPath: ReadonlyMap<string, string>): ReadonlyMap<string, FileBytes> {
  const found = new Map<string, FileBytes>();
  if (objectByPath.size === 0) return found;
  const asked = [...objectByPath.values()].map((object) => `${object}\n`).join('');
  const { stdout } = tryGit(folder, ['cat-file', '--batch'], asked);
  let at = 0;
  for (const path of objectByPath.keys()) {
    const end = stdout.indexOf(10, at);
    const size = Number(stdout.toString('latin1', at, end).split(' ')[2]);
    at = end + 1;
    if (!Number.isInteger(size)) {
      found.set(path, {
        trouble: 'unreadable',
        message: 'is not in this clone: run `git fetch --unshallow`, or `git fsck`',
      });
      continue;
    }
    found.set(path, size > MAX_FILE_BYTES ? TOO_LARGE : { bytes: stdout.subarray(at, at + size) });
    at += size + 1;
  }
  return found;
}
