import { PromptctlError } from '../../model/index.ts';
import { type FileBytes, MAX_FILE_BYTES, type Source, TOO_LARGE } from './source.ts';

interface Entry {
  readonly mode: string;
  readonly object: string;
  readonly size: number;
}

const LINK = '120000';
const MODULE = '160000';

/**
 * A source over a commit: one `git ls-tree` for the names, one `git cat-file --batch` for any number of files.
 *
 * @param folder the folder that paths are relative to, inside the repository
 * @throws PromptctlError `unreadable` where git can't answer for the ref
 */
export function gitSource(folder: string, ref: string): Source {
  let entries: Map<string, Entry> | undefined;
  const load = (): Map<string, Entry> => (entries ??= listTree(folder, ref));
  return {
    label: ref,
    list: () => [...load().keys()],
    read: (paths) => {
      const tree = load();
      const wanted = paths.filter((path) => tree.has(path));
      return readBatch(folder, ref, wanted, tree);
    },
  };
}

function listTree(folder: string, ref: string): Map<string, Entry> {
  const output = git(folder, ref, ['ls-tree', '-r', '-z', '-l', '--end-of-options', ref, '.']).toString('utf8');
  const entries = new Map<string, Entry>();
  for (const line of output.split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const [mode, , object, size] = line.slice(0, tab).split(/ +/);
    if (mode !== MODULE) entries.set(line.slice(tab + 1), { mode: mode!, object: object!, size: Number(size) || 0 });
  }
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readBatch(
  folder: string,
  ref: string,
  paths: readonly string[],
  tree: ReadonlyMap<string, Entry>,
): Map<string, FileBytes> {
  const found = new Map<string, FileBytes>();
  const asked: string[] = [];
  for (const path of paths) {
    const entry = tree.get(path)!;
    if (entry.mode === LINK)
      found.set(path, { trouble: 'unreadable', message: `is a link at ${ref}; links are not followed in git` });
    else if (entry.size > MAX_FILE_BYTES) found.set(path, TOO_LARGE);
    else asked.push(path);
  }
  if (asked.length === 0) return found;
  const input = asked.map((path) => `${tree.get(path)!.object}\n`).join('');
  const output = git(folder, ref, ['cat-file', '--batch'], input);
  let at = 0;
  for (const path of asked) {
    const headerEnd = output.indexOf(10, at);
    const size = Number(output.toString('latin1', at, headerEnd).split(' ')[2]);
    if (!Number.isInteger(size)) {
      throw new PromptctlError('unreadable', `git has no object for ${path} at ${ref}`, {
        hint: 'run `git fetch --unshallow`, or `git fsck`',
      });
    }
    found.set(path, { bytes: output.subarray(headerEnd + 1, headerEnd + 1 + size) });
    at = headerEnd + 2 + size;
  }
  return found;
}

function git(folder: string, ref: string, args: readonly string[], input?: string): Buffer {
  // Loaded only here: child_process brings the network modules with it, which a lint of files on disk need not wait for.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const run = spawnSync('git', ['-c', 'core.quotepath=off', ...args], {
    cwd: folder,
    maxBuffer: 1 << 30,
    ...(input === undefined ? {} : { input }),
  });
  if (run.error && (run.error as NodeJS.ErrnoException).code === 'ENOENT') {
    throw new PromptctlError('unreadable', 'git is not installed, or the folder is gone', {
      hint: 'install git and try again',
    });
  }
  if (run.status !== 0) {
    const said = run.stderr.toString('utf8').trim().split('\n')[0] ?? '';
    throw new PromptctlError('unreadable', `git can't read ${ref}: ${said || 'it gave no reason'}`, {
      hint: /not a git repository/i.test(said)
        ? 'run it inside a git repository'
        : `see \`git branch -a\` for the names; \`git fetch\` brings what is missing`,
    });
  }
  return run.stdout;
}
