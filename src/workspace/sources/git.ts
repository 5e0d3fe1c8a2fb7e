import { PromptctlError } from '../../model/index.ts';
import { followLinks, LINK_TROUBLES } from './links.ts';
import { type FileBytes, MAX_FILE_BYTES, type Source, TOO_LARGE } from './source.ts';

interface Entry {
  readonly mode: string;
  readonly object: string;
  readonly size: number;
}

const LINK = '120000';
const MODULE = '160000';

/**
 * A source over a commit: one `git ls-tree` for the names, one `git cat-file --batch` for any number of files. Links are followed
 * as on disk.
 *
 * @param folder the folder that paths are relative to, inside the repository
 * @throws PromptctlError `unreadable` where git can't answer for the ref
 */
export function gitSource(folder: string, ref: string): Source {
  let entries: Map<string, Entry> | undefined;
  let targets: ReadonlyMap<string, string> | undefined;
  const load = (): Map<string, Entry> => (entries ??= listTree(folder, ref));
  return {
    label: ref,
    list: () => [...load().keys()],
    read: (paths) => {
      const tree = load();
      targets ??= linkTargets(folder, ref, tree);
      return readThrough(folder, ref, paths, tree, targets);
    },
  };
}

/** What each link of a tree holds; no process where there is none. */
function linkTargets(folder: string, ref: string, tree: ReadonlyMap<string, Entry>): ReadonlyMap<string, string> {
  const links = [...tree].flatMap(([path, { mode }]) => (mode === LINK ? [path] : []));
  return new Map(
    [...readBatch(folder, ref, links, tree)].map(([path, bytes]) => [path, Buffer.from(bytes).toString('utf8')]),
  );
}

/** Reads files through the links that lead to them. */
function readThrough(
  folder: string,
  ref: string,
  paths: readonly string[],
  tree: ReadonlyMap<string, Entry>,
  targets: ReadonlyMap<string, string>,
): Map<string, FileBytes> {
  const realByPath = new Map<string, string>();
  const found = new Map<string, FileBytes>();
  for (const path of paths) {
    const end = targets.size === 0 ? { path } : followLinks(path, (link) => targets.get(link));
    const trouble = 'trouble' in end ? LINK_TROUBLES[end.trouble] : troubleAt(end.path, path, tree);
    if (trouble) found.set(path, trouble);
    else if ('path' in end && tree.has(end.path)) realByPath.set(path, end.path);
  }
  const contents = readBatch(folder, ref, [...new Set(realByPath.values())], tree);
  for (const [path, realPath] of realByPath)
    found.set(path, { bytes: contents.get(realPath)!, ...(realPath === path ? {} : { realPath }) });
  return new Map(paths.flatMap((path) => (found.has(path) ? [[path, found.get(path)!] as const] : [])));
}

function troubleAt(realPath: string, path: string, tree: ReadonlyMap<string, Entry>): FileBytes | undefined {
  const entry = tree.get(realPath);
  if (entry) return entry.size > MAX_FILE_BYTES ? TOO_LARGE : undefined;
  if (!tree.has(path)) return undefined;
  const isFolder = realPath === '' || [...tree.keys()].some((other) => other.startsWith(`${realPath}/`));
  return isFolder ? LINK_TROUBLES.folder : LINK_TROUBLES.gone;
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
): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  if (paths.length === 0) return found;
  const input = paths.map((path) => `${tree.get(path)!.object}\n`).join('');
  const output = git(folder, ref, ['cat-file', '--batch'], input);
  let at = 0;
  for (const path of paths) {
    const headerEnd = output.indexOf(10, at);
    const size = Number(output.toString('latin1', at, headerEnd).split(' ')[2]);
    if (!Number.isInteger(size)) {
      throw new PromptctlError('unreadable', `git has no object for ${path} at ${ref}`, {
        hint: 'run `git fetch --unshallow`, or `git fsck`',
      });
    }
    found.set(path, output.subarray(headerEnd + 1, headerEnd + 1 + size));
    at = headerEnd + 2 + size;
  }
  return found;
}

function git(folder: string, ref: string, args: readonly string[], input?: string): Buffer {
  // Loaded only here: child_process brings the network modules with it, which a lint of files on disk need not wait for.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  // A hook's GIT_DIR is relative to the top, and would make this folder the top.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_PREFIX: _prefix, ...env } = process.env;
  const run = spawnSync('git', ['-c', 'core.quotepath=off', ...args], {
    cwd: folder,
    env: { ...env, LC_ALL: 'C' },
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
