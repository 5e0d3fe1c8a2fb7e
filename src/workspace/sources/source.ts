/** Where files come from: the disk, a git ref, or memory. Paths are relative to its root, with forward slashes. */
export interface Source {
  /** What messages call it: a folder, or a ref. */
  readonly label: string;
  /** Every path that may be read, in order; a link and a folder are told when they are read. */
  list(): readonly string[];
  /** Reads many files at once: one process for a git ref. A path that isn't in the answer does not exist. */
  read(paths: readonly string[]): ReadonlyMap<string, FileBytes>;
}

export type FileBytes =
  | {
      readonly bytes: Uint8Array;
      /** Where the file really stands, where links lead there from another path. */
      readonly realPath?: string;
    }
  | { readonly trouble: Trouble; readonly message: string };

/** Why a file can't be read although something stands at its path. */
export type Trouble = 'directory' | 'outside-root' | 'too-large' | 'unreadable';

/** Prompt files over this are refused: no prompt is that long, and parsing it would stall an editor. */
export const MAX_FILE_BYTES: number = 4 * 1024 * 1024;
export const TOO_LARGE: FileBytes = { trouble: 'too-large', message: 'is over 4 MB, too large for a file of prompts' };

/** A source over a map of texts, for tests and editors. */
export function memorySource(files: Readonly<Record<string, string | Uint8Array>>, label = 'memory'): Source {
  const encoder = new TextEncoder();
  return {
    label,
    list: () => Object.keys(files).sort(),
    read: (paths) => {
      const found = new Map<string, FileBytes>();
      for (const path of paths) {
        if (!Object.hasOwn(files, path)) continue;
        const content = files[path]!;
        const bytes = typeof content === 'string' ? encoder.encode(content) : content;
        found.set(path, bytes.length > MAX_FILE_BYTES ? TOO_LARGE : { bytes });
      }
      return found;
    },
  };
}
