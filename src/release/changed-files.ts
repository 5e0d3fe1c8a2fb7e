import { type FileBytes, MAX_FILE_BYTES, type Source } from '../workspace/index.ts';
import { git, tryGit } from './git.ts';
import type { Repository } from './repository.ts';

/** Paths under the workspace that differ between a commit and the working tree, with the old object where there was one. */
export type ChangedFiles = ReadonlyMap<string, string | undefined>;

const REGULAR = /^100/;

/** One `git diff` for what is tracked and one `git ls-files` for what is not yet; ignored files are out. */
export function changedFiles({ folder }: Repository, commit: string): ChangedFiles {
  const raw = git(folder, [
    'diff',
    '--raw',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--relative',
    commit,
    '--',
    '.',
  ]).split('\0');
  const changed = new Map<string, string | undefined>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [oldMode = '', , object] = raw[at]!.slice(1).split(' ');
    changed.set(raw[at + 1]!, REGULAR.test(oldMode) ? object : undefined);
  }
  for (const path of git(folder, ['ls-files', '--others', '--exclude-standard', '-z']).split('\0'))
    if (path !== '' && !changed.has(path)) changed.set(path, undefined);
  return changed;
}

/** Files that a prompt may be made of. */
const TEXTS = /\.(?:ya?ml|md|txt|json)$/;

/** The commit's side of a working tree: what changed comes from git, in one read, and all else is as it stands on disk. */
export function commitSource(repository: Repository, changed: ChangedFiles, disk: Source, label: string): Source {
  let objects: ReadonlyMap<string, FileBytes> | undefined;
  return {
    label,
    list: () => [...new Set([...disk.list(), ...changed.keys()])].filter((path) => isThen(changed, path)).sort(),
    read: (paths) => {
      objects ??= readObjects(repository, changed);
      const found = new Map<string, FileBytes>();
      for (const path of paths) {
        const old = objects.get(path);
        if (old) found.set(path, old);
      }
      for (const [path, file] of disk.read(paths.filter((candidate) => !changed.has(candidate)))) found.set(path, file);
      return found;
    },
  };
}

function isThen(changed: ChangedFiles, path: string): boolean {
  return !changed.has(path) || changed.get(path) !== undefined;
}

function readObjects({ folder }: Repository, changed: ChangedFiles): ReadonlyMap<string, FileBytes> {
  const asked = [...changed].flatMap(([path, object]) =>
    object !== undefined && TEXTS.test(path) ? [[path, object] as const] : [],
  );
  const found = new Map<string, FileBytes>();
  if (asked.length === 0) return found;
  const { stdout } = tryGit(folder, ['cat-file', '--batch'], asked.map(([, object]) => `${object}\n`).join(''));
  let at = 0;
  for (const [path] of asked) {
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
    found.set(
      path,
      size > MAX_FILE_BYTES
        ? { trouble: 'too-large', message: 'is over 4 MB, too large for a file of prompts' }
        : { bytes: stdout.subarray(at, at + size) },
    );
    at += size + 1;
  }
  return found;
}

/** The working tree as git sees it: untracked files in, ignored files out. Its list costs one process, when it is asked for. */
export function workingTree({ folder }: Repository, disk: Source): Source {
  let paths: readonly string[] | undefined;
  const load = (): readonly string[] => {
    const listed = git(folder, ['ls-files', '--cached', '--others', '--exclude-standard', '-z']).split('\0');
    const gone = new Set(git(folder, ['ls-files', '--deleted', '-z']).split('\0'));
    return [...new Set(listed)].filter((path) => path !== '' && !gone.has(path)).sort();
  };
  return { label: disk.label, list: () => (paths ??= load()), read: (wanted) => disk.read(wanted) };
}
