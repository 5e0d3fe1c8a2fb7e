import { compareText } from '../model/index.ts';
import {
  type Config,
  type FileBytes,
  loadWorkspace,
  promptFiles,
  type Source,
  type Workspace,
} from '../workspace/index.ts';
import { type FileResult, filesById, lintFiles, type LintResult, merged } from './engine.ts';

/**
 * What a run keeps for the next one: the findings of each prompt with the hash of its file. They hold while all else that was read
 * stays as it was — partials, schemas, rows, the models file — and while no other prompt takes or leaves one of its ids.
 */
interface Kept {
  /** Of all that is no file: this build, the configuration, the day, the names of the partials. */
  readonly salt: string;
  /** Hash by path of every other file that was asked for, whether it was there or not. */
  readonly around: Readonly<Record<string, string>>;
  readonly files: readonly KeptFile[];
}

interface KeptFile extends FileResult {
  readonly hash: string;
  /** The files that declare one of its ids. */
  readonly sharing: string;
}

export interface KeptLint {
  readonly result: LintResult;
  /** Every prompt file that was looked at, or is known from before. */
  readonly files: readonly string[];
  /** The prompts that were read now. */
  readonly workspace: Workspace;
  /** What to keep for the next run. */
  readonly text: string;
}

/** As `lint` of a whole workspace, without reading again what is known from `kept`, the text of an earlier run. */
export function lintKept(
  source: Source,
  config: Config,
  options: { readonly build: string; readonly now: Date; readonly kept: string | undefined },
): KeptLint {
  const listed = source.list();
  const around: Record<string, string> = {};
  const files = promptFiles(source, config);
  const contents = source.read(files);
  const salt = hashOf(
    JSON.stringify([
      options.build,
      options.now.toISOString().slice(0, 10),
      config,
      listed.filter((path) => path.includes('.partial.')),
    ]),
  );
  const before = holding(options.kept, salt, source);
  const byFile = new Map(before?.files.map((file) => [file.file, file]));
  const hashes = new Map(files.map((file) => [file, contentHash(contents.get(file))]));
  const known = files.flatMap((file) => {
    const found = byFile.get(file);
    return found?.hash === hashes.get(file) ? [found!] : [];
  });

  for (let unchanged = known; ;) {
    const isKnown = new Set(unchanged.map(({ file }) => file));
    const fresh = files.filter((file) => !isKnown.has(file));
    const recording: Source = {
      label: source.label,
      list: () => source.list(),
      read: (paths) => {
        // Of the prompts themselves each has a hash of its own.
        if (paths === fresh) return contents;
        const found = source.read(paths);
        for (const path of paths) around[path] = contentHash(found.get(path));
        return found;
      },
    };
    const workspace = loadWorkspace(recording, config, { files: fresh });
    const results = [...unchanged, ...lintFiles(workspace, { now: options.now, elsewhere: unchanged })].sort((a, b) =>
      compareText(a.file, b.file),
    );
    const byId = filesById(results);
    const sharingOf = ({ ids }: FileResult): string => ids.map((id) => byId.get(id)!.join()).join(';');
    const still = unchanged.filter((file) => file.sharing === sharingOf(file));
    if (still.length === unchanged.length) {
      const kept: Kept = {
        salt,
        around: { ...before?.around, ...around },
        files: results.map((result) => ({ ...result, hash: hashes.get(result.file)!, sharing: sharingOf(result) })),
      };
      return { result: merged(results), files, workspace, text: JSON.stringify(kept) };
    }
    unchanged = still;
  }
}

/** What was kept, where all around the prompts is as it was. */
function holding(text: string | undefined, salt: string, source: Source): Kept | undefined {
  if (text === undefined) return undefined;
  let kept: Kept;
  try {
    kept = JSON.parse(text) as Kept;
  } catch {
    // Cut short, or not ours: all is read anew.
    return undefined;
  }
  if (kept.salt !== salt) return undefined;
  const paths = Object.keys(kept.around);
  const found = source.read(paths);
  return paths.every((path) => kept.around[path] === contentHash(found.get(path))) ? kept : undefined;
}

function contentHash(content: FileBytes | undefined): string {
  if (!content) return 'absent';
  if (!('bytes' in content)) return content.trouble;
  return content.realPath === undefined ? hashOf(content.bytes) : `${hashOf(content.bytes)} ${content.realPath}`;
}

function hashOf(content: string | Uint8Array): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(content).digest('base64url');
}
