import { posix } from 'node:path';
import { type Config, globMatcher, type Source } from '../workspace/index.ts';
import type { ChangedFiles } from './changed-files.ts';

const PARTIAL = /\.partial\.(?:md|txt)$/;
const REFERRED = /\.json$/;

/**
 * The prompt files that may differ: those that changed, and those that name a changed partial or schema, through other partials
 * too. Files are only searched for the name as bytes, never parsed, and only where a partial or a schema changed.
 */
export function affectedPrompts({ objects: changed }: ChangedFiles, config: Config, tree: Source): readonly string[] {
  const isPrompt = globMatcher(config.prompts);
  const affected = new Set([...changed.keys()].filter(isPrompt));
  const names = [...changed.keys()].flatMap((path) => nameOf(path, config.root) ?? []);
  if (names.length === 0) return [...affected];
  const paths = tree.list();
  const partials = read(
    tree,
    paths.filter((path) => PARTIAL.test(path) && !changed.has(path)),
  );
  for (let known = 0; known < names.length;) {
    const fresh = names.slice(known);
    known = names.length;
    for (const [path, bytes] of partials) {
      if (!mentions(bytes, fresh)) continue;
      partials.delete(path);
      names.push(nameOf(path, config.root)!);
    }
  }
  for (const [path, bytes] of read(
    tree,
    paths.filter((path) => isPrompt(path) && !affected.has(path)),
  ))
    if (mentions(bytes, names)) affected.add(path);
  return [...affected];
}

/** What a file is called where it is used: a partial by its path under the root, a schema by its file name. */
function nameOf(path: string, root: string): string | undefined {
  if (PARTIAL.test(path)) {
    const under = root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
    return under.replace(PARTIAL, '');
  }
  return REFERRED.test(path) ? posix.basename(path) : undefined;
}

function read(tree: Source, paths: readonly string[]): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const [path, file] of tree.read(paths))
    if ('bytes' in file) found.set(path, Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength));
  return found;
}

function mentions(bytes: Buffer, names: readonly string[]): boolean {
  return names.some((name) => bytes.includes(name));
}
