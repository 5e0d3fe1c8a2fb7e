import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type FileBytes, MAX_FILE_BYTES, type Source, TOO_LARGE } from './source.ts';

const SKIPPED = new Set(['node_modules', '.git', '.promptctl']);

/** A source over a folder on disk. Links to files are followed while they stay inside it; linked folders are not entered, as in git. */
export function diskSource(root: string, under: readonly string[] = ['']): Source {
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
        const file = readOne(root, path);
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

function readOne(root: string, path: string): FileBytes | undefined {
  const full = join(root, path);
  try {
    const stats = lstatSync(full);
    if (stats.isSymbolicLink()) {
      const inside = realpathSync(root) + sep;
      if (!realpathSync(full).startsWith(inside))
        return { trouble: 'outside-root', message: `is a link that leaves ${root}` };
    }
    const { size } = stats.isSymbolicLink() ? statSync(full) : stats;
    if (stats.isDirectory() || statSync(full).isDirectory())
      return { trouble: 'directory', message: 'is a folder, not a file' };
    return size > MAX_FILE_BYTES ? TOO_LARGE : { bytes: readFileSync(full) };
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
  ELOOP: 'is a link that leads back to itself',
  ENOENT: 'is a link to a file that is not there',
};

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
