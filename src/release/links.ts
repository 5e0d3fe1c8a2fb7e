import { followLinks, type LinkEnd, type Source } from '../workspace/index.ts';
import { readObjects } from './objects.ts';

/** The links of a commit. */
export interface Links {
  readonly paths: readonly string[];
  has(path: string): boolean;
  /** Where a path really stood, through every link on the way. */
  follow(path: string): LinkEnd;
}

/** Reads what each link holds; no process where there is none. */
export function committedLinks(folder: string, objectByPath: ReadonlyMap<string, string>): Links {
  const targets = new Map(
    [...readObjects(folder, objectByPath)].flatMap(([path, file]) =>
      'bytes' in file ? [[path, Buffer.from(file.bytes).toString('utf8')] as const] : [],
    ),
  );
  return {
    paths: [...targets.keys()],
    has: (path) => targets.has(path),
    follow: (path) => (targets.size === 0 ? { path } : followLinks(path, (link) => targets.get(link))),
  };
}

/**
 * The paths that differ, with those that lead to one of them through a link: a link to a file by its own name, what stands in
 * a linked folder by the name it has there.
 */
export function throughLinks(
  objects: ReadonlyMap<string, string | undefined>,
  links: Links,
  disk: Source,
): ReadonlyMap<string, string | undefined> {
  const all = new Map(objects);
  const now = disk.read(links.paths);
  for (const link of links.paths) {
    const end = links.follow(link);
    if ('trouble' in end || objects.has(link)) continue;
    const file = now.get(link);
    const leadsTo = file && 'bytes' in file ? file.realPath : undefined;
    const isFolder = file && 'trouble' in file && file.trouble === 'directory';
    if (isFolder) {
      for (const [path, object] of objects)
        if (path.startsWith(`${end.path}/`)) all.set(link + path.slice(end.path.length), object);
    } else if (objects.has(end.path) || leadsTo !== end.path) all.set(link, objects.get(end.path) ?? 'as on disk');
  }
  return all;
}
