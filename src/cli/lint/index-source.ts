import { PromptctlError } from '../../model/index.ts';
import { tryGit } from '../../release/index.ts';
import { type FileBytes, MAX_FILE_BYTES, type Source } from '../../workspace/index.ts';

interface Entry {
  readonly object: string;
  readonly trouble?: FileBytes;
}

/** What a prompt is read from; these are fetched in one go, anything else when it is asked for. */
const PROMPT_TEXT = /\.prompt\.ya?ml$|\.partial\.(?:md|txt)$/;
const LINK = '120000';
const MODULE = '160000';

/** A source over git's index: what a commit would hold, whatever the working tree says. One `ls-files`, one `cat-file --batch`. */
export function indexSource(folder: string): Source {
  let entries: ReadonlyMap<string, Entry> | undefined;
  const fetched = new Map<string, FileBytes>();
  const load = (): ReadonlyMap<string, Entry> => {
    if (entries) return entries;
    entries = listIndex(folder);
    fetch(
      folder,
      [...entries].filter(([path]) => PROMPT_TEXT.test(path)),
      fetched,
    );
    return entries;
  };
  return {
    label: 'the index',
    list: () => [...load().keys()].sort(),
    read: (paths) => {
      const index = load();
      const wanted = paths.flatMap((path): [string, Entry][] => {
        const entry = index.get(path);
        return entry && !fetched.has(path) ? [[path, entry]] : [];
      });
      fetch(folder, wanted, fetched);
      return new Map(paths.flatMap((path) => (fetched.has(path) ? [[path, fetched.get(path)!]] : [])));
    },
  };
}

function listIndex(folder: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const line of tryGit(folder, ['ls-files', '-s', '-z']).stdout.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const [mode, object = '', stage] = line.slice(0, tab).split(' ');
    if (mode === MODULE) continue;
    const message =
      stage === '0'
        ? mode === LINK
          ? 'is a link in the index; links are not followed there'
          : undefined
        : 'has a merge conflict: resolve it and `git add` it';
    entries.set(line.slice(tab + 1), { object, ...(message ? { trouble: { trouble: 'unreadable', message } } : {}) });
  }
  return entries;
}

function fetch(folder: string, wanted: readonly (readonly [string, Entry])[], fetched: Map<string, FileBytes>): void {
  for (const [path, { trouble }] of wanted) if (trouble) fetched.set(path, trouble);
  const asked = wanted.filter(([, { trouble }]) => trouble === undefined);
  if (asked.length === 0) return;
  const { stdout } = tryGit(folder, ['cat-file', '--batch'], asked.map(([, { object }]) => `${object}\n`).join(''));
  let at = 0;
  for (const [path] of asked) {
    const end = stdout.indexOf(10, at);
    const size = Number(stdout.toString('latin1', at, end).split(' ')[2]);
    if (!Number.isInteger(size))
      throw new PromptctlError('unreadable', `git has no object for ${path} in the index`, {
        hint: 'run `git fsck`, or `git add` it again',
      });
    fetched.set(
      path,
      size > MAX_FILE_BYTES
        ? { trouble: 'too-large', message: 'is over 4 MB, too large for a file of prompts' }
        : { bytes: stdout.subarray(end + 1, end + 1 + size) },
    );
    at = end + 2 + size;
  }
}
