import type { FileBytes } from './source.ts';

type LinkTrouble = Extract<FileBytes, { readonly trouble: unknown }>;

/** As many links as Linux follows on the way to one file. */
const MOST_LINKS = 40;

/** Where a path of a git tree really stands: its links are followed as a disk would, while they stay inside. */
export type LinkEnd = { readonly path: string } | { readonly trouble: 'outside-root' | 'loop' };

/** Follows every link on the way to a path. `targetOf` gives what a link holds, and undefined for all else. */
export function followLinks(path: string, targetOf: (path: string) => string | undefined): LinkEnd {
  const ahead = path.split('/');
  const behind: string[] = [];
  let links = 0;
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (behind.pop() === undefined) return { trouble: 'outside-root' };
      continue;
    }
    behind.push(part);
    const target = targetOf(behind.join('/'));
    if (target === undefined) continue;
    if (++links > MOST_LINKS) return { trouble: 'loop' };
    // In another clone an absolute path leads anywhere.
    if (target.startsWith('/')) return { trouble: 'outside-root' };
    behind.pop();
    ahead.unshift(...target.split('/'));
  }
  return { path: behind.join('/') };
}

/** What every source says of a link that leads to no file. */
export const LINK_TROUBLES: Readonly<Record<'outside-root' | 'loop' | 'gone' | 'folder', LinkTrouble>> = {
  'outside-root': { trouble: 'outside-root', message: 'is a link that leaves the workspace' },
  loop: { trouble: 'unreadable', message: 'is a link that leads back to itself' },
  gone: { trouble: 'unreadable', message: 'is a link to a file that is not there' },
  folder: { trouble: 'directory', message: 'is a folder, not a file' },
};
