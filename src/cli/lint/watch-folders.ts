import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';

const SKIPPED = new Set(['node_modules', '.git', '.promptctl']);
/** Editors write, rename and touch in one go; one save is one change. */
const QUIET_MS = 80;
const POLL_MS = 700;

export interface WatchOptions {
  /** Names of changed files that are no news: what the run itself writes. */
  isOwn?(file: string): boolean;
  /** Looks again and again instead of waiting to be told, as where the system has no watcher left to give. */
  readonly poll?: boolean;
}

/**
 * Calls back once things have been quiet for a moment after a change under these folders. Each folder is watched by itself: the
 * recursive watch of Node 20 on Linux goes deaf to a file that was replaced by a rename, which is how editors save.
 *
 * @returns what ends it
 */
export function watchFolders(roots: readonly string[], changed: () => void, options: WatchOptions = {}): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET_MS);
  };
  let stop = options.poll === true ? pollFolders(roots, soon) : tellFolders(roots, soon, options, fall);
  function fall(): void {
    stop();
    stop = pollFolders(roots, soon);
  }
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function tellFolders(
  roots: readonly string[],
  soon: () => void,
  options: WatchOptions,
  failed: () => void,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  const follow = (): void => {
    const folders = new Set(roots.flatMap((root) => foldersUnder(root)));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) if (!watchers.has(folder)) add(folder);
  };
  const add = (folder: string): void => {
    const watcher = watch(folder, (event, name) => {
      if (name !== null && options.isOwn?.(join(folder, name)) === true) return;
      // A folder may have come or gone.
      if (event === 'rename') guarded(follow, failed);
      soon();
    });
    watcher.on('error', failed);
    watchers.set(folder, watcher);
  };
  // Told later, for the caller has nothing to stop yet.
  guarded(follow, () => setImmediate(failed));
  return () => {
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };
}

function guarded(work: () => void, failed: () => void): void {
  try {
    work();
  } catch {
    // ENOSPC and its like: the system gives no more watchers, and polling needs none.
    failed();
  }
}

function pollFolders(roots: readonly string[], soon: () => void): () => void {
  let seen = stateOf(roots);
  const timer = setInterval(() => {
    const now = stateOf(roots);
    if (now !== seen) soon();
    seen = now;
  }, POLL_MS);
  return () => clearInterval(timer);
}

function stateOf(roots: readonly string[]): string {
  const folders = [...new Set(roots.flatMap((root) => foldersUnder(root)))];
  return folders
    .flatMap((folder) => entriesOf(folder).map((entry) => join(folder, entry.name)))
    .map((path) => {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats ? `${path}:${stats.mtimeMs}:${stats.size}` : path;
    })
    .join('\n');
}

function foldersUnder(root: string): string[] {
  const entries = entriesOf(root);
  const inner = entries.filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name));
  return [root, ...inner.flatMap(({ name }) => foldersUnder(join(root, name)))];
}

function entriesOf(folder: string): { readonly name: string; isDirectory(): boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Gone between the listing and the look: the next change tells.
    return [];
  }
}
