import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { LINK_TROUBLES } from './links.ts';
import { type FileBytes, MAX_FILE_BYTES, type Source, TOO_LARGE } from './source.ts';

const SKIPPED = new Set(['node_modules', '.git', '.promptctl']);

/** A source over a folder on disk. Links to files are followed while they stay inside it; linked folders are not entered, as in git. */
export function diskSource(root: string, under: readonly string[] = ['']): Source {
  const realPathOf = realPaths(root);
  return {
    label: root,
    list: () => {
      const paths = new Set<string>();
      for (const folder of under) walk(root, folder, paths);
      return [...paths].sort();
    },
    read: (paths) => {
      const found = new Map<string, FileBytes>();
      for (const path of paths) {
        const file = readOne(root, path, realPathOf);
        if (file) found.set(path, file);
      }
      return found;
    },
  };
}

function walk(root: string, folder: string, paths: Set<string>): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    // A folder that can't be listed has no prompts to offer; a file in it that is named will say why.
    return;
  }
  for (const entry of entries) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (!entry.isDirectory()) paths.add(path);
    else if (!SKIPPED.has(entry.name)) {
      if (/\.(?:prompt|partial)\.\w+$/.test(entry.name)) paths.add(path);
      walk(root, path, paths);
    }
  }
}

/** Says where a path really stands, relative to the root; undefined where links lead out of it. Asked once a folder. */
type RealPath = (path: string, isLink: boolean) => string | undefined;

function realPaths(root: string): RealPath {
  const folders = new Map<string, string>();
  let realRoot: string | undefined;
  return (path, isLink) => {
    realRoot ??= realpathSync(root);
    const folder = dirname(path);
    let realFolder = folders.get(folder);
    if (realFolder === undefined) folders.set(folder, (realFolder = realpathSync(join(root, folder))));
    const real = isLink ? realpathSync(join(root, path)) : join(realFolder, basename(path));
    return real.startsWith(realRoot + sep)
      ? real
          .slice(realRoot.length + 1)
          .split(sep)
          .join('/')
      : undefined;
  };
}

function readOne(root: string, path: string, realPathOf: RealPath): FileBytes | undefined {
  const full = join(root, path);
  try {
    const stats = lstatSync(full);
    const realPath = realPathOf(path, stats.isSymbolicLink());
    if (realPath === undefined) return LINK_TROUBLES['outside-root'];
    const target = stats.isSymbolicLink() ? statSync(full) : stats;
    if (target.isDirectory()) return LINK_TROUBLES.folder;
    if (!target.isFile()) return { trouble: 'unreadable', message: 'is no regular file' };
    if (target.size > MAX_FILE_BYTES) return TOO_LARGE;
    return { bytes: readFileSync(full), ...(realPath === path ? {} : { realPath }) };
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isLink(full)) return undefined;
    if (code === 'ENOTDIR') return undefined;
    return { trouble: 'unreadable', message: REASONS[code ?? ''] ?? `cannot be read (${code ?? String(cause)})` };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  ELOOP: LINK_TROUBLES.loop.message,
  ENOENT: LINK_TROUBLES.gone.message,
};

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
