import { type FileBytes, LINK_TROUBLES, type Source } from '../workspace/index.ts';
import { git } from './git.ts';
import { committedLinks, type Links, throughLinks } from './links.ts';
import { readObjects } from './objects.ts';
import type { Repository } from './repository.ts';

/** What differs between a commit and the working tree. */
export interface ChangedFiles {
  /** Paths under the workspace, with the old object where there was a file: also each link to a file that differs. */
  readonly objects: ReadonlyMap<string, string | undefined>;
  /** The links of the commit. */
  readonly links: Links;
  /** True where a link that is named like no file leads elsewhere now: what stands under it may be anything. */
  readonly isUnclear: boolean;
}

/** Files that a prompt may be made of. */
const TEXTS = /\.(?:ya?ml|md|txt|json)$/;
const REGULAR = /^100/;
const LINK = '120000';

/** One `git diff` for what is tracked and one `git ls-files` for what is not yet; ignored files are out. */
export function changedFiles({ folder }: Repository, commit: string, disk: Source): ChangedFiles {
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
  const objects = new Map<string, string | undefined>();
  const linkObjects = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [oldMode = '', , object] = raw[at]!.slice(1).split(' ');
    const path = raw[at + 1]!;
    objects.set(path, REGULAR.test(oldMode) || oldMode === LINK ? object : undefined);
    if (oldMode === LINK) linkObjects.set(path, object!);
  }
  // `-t` tells the two apart: `? path`, and `H mode object stage` before a tab and the path.
  for (const entry of git(folder, ['ls-files', '-t', '--stage', '--others', '--exclude-standard', '-z']).split('\0')) {
    const path = entry.startsWith('? ') ? entry.slice(2) : entry.slice(entry.indexOf('\t') + 1);
    if (entry === '' || objects.has(path)) continue;
    if (entry.startsWith('? ')) objects.set(path, undefined);
    else if (entry.slice(2).startsWith(LINK)) linkObjects.set(path, entry.split(' ')[2]!);
  }
  const links = committedLinks(folder, linkObjects);
  const isUnclear = links.paths.some((path) => objects.has(path) && !TEXTS.test(path));
  return { objects: throughLinks(objects, links, disk), links, isUnclear };
}

/** The commit's side of a working tree: what changed comes from git, in one read, and all else is as it stands on disk. */
export function commitSource({ folder }: Repository, changed: ChangedFiles, disk: Source, label: string): Source {
  const { objects, links } = changed;
  const targets = new Set(links.paths.map((link) => realPathOf(links, link)));
  let contents: ReadonlyMap<string, FileBytes> | undefined;
  const load = (): ReadonlyMap<string, FileBytes> => {
    const wanted = [...objects].flatMap(([path, object]) =>
      object !== undefined && (TEXTS.test(path) || targets.has(path)) && realPathOf(links, path) === path
        ? [[path, object] as const]
        : [],
    );
    return readObjects(folder, new Map(wanted));
  };
  return {
    label,
    list: () => [...new Set([...disk.list(), ...objects.keys()])].filter((path) => stoodThen(changed, path)).sort(),
    read: (paths) => {
      contents ??= load();
      const found = new Map<string, FileBytes>();
      const onDisk = new Map<string, string>();
      for (const path of paths) {
        const end = links.follow(path);
        if ('trouble' in end) found.set(path, LINK_TROUBLES[end.trouble]);
        else if (!objects.has(end.path)) onDisk.set(path, end.path);
        else if (contents.has(end.path)) found.set(path, standingAt(end.path, path, contents.get(end.path)!));
        else if (links.has(path)) found.set(path, LINK_TROUBLES.gone);
      }
      const unchanged = disk.read([...new Set(onDisk.values())]);
      for (const [path, realPath] of onDisk) {
        const file = unchanged.get(realPath);
        if (file) found.set(path, standingAt(realPath, path, file));
        else if (realPath !== path && links.has(path)) found.set(path, LINK_TROUBLES.gone);
      }
      return found;
    },
  };
}

/** Whether a path stood in the commit. */
export function stoodThen({ objects }: ChangedFiles, path: string): boolean {
  return !objects.has(path) || objects.get(path) !== undefined;
}

function realPathOf(links: Links, path: string): string | undefined {
  const end = links.follow(path);
  return 'path' in end ? end.path : undefined;
}

function standingAt(realPath: string, path: string, file: FileBytes): FileBytes {
  return 'bytes' in file && realPath !== path ? { ...file, realPath } : file;
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
