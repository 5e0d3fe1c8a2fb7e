import { loadWorkspace, memorySource, type Source, type Workspace } from '../workspace/index.ts';
import { Unformattable } from './entries.ts';
import { layOut } from './format.ts';
import { lossOf } from './proof.ts';

export interface FormattedPrompt {
  readonly file: string;
  /** As it should stand: the same as before where nothing is to change, or nothing may. */
  readonly text: string;
  readonly isChanged: boolean;
  /** Why the file is left as it is. */
  readonly refusal?: string;
}

/**
 * Formats the prompts of a workspace. A file changes only after a proof, on the file as it would be: the same value, messages and
 * comments, and formatting it again changes nothing. Otherwise it is left alone, with the reason.
 */
export function formatPrompts(workspace: Workspace, files: readonly string[]): readonly FormattedPrompt[] {
  const before = new Map(workspace.prompts.map((loaded) => [loaded.file, loaded]));
  const drafts = files.map((file) => {
    const { prompt, yaml } = before.get(file)!;
    return prompt ? draft(file, yaml.text) : { file, text: yaml.text, isChanged: false, refusal: NOT_LOADED };
  });
  const changed = drafts.filter(({ isChanged }) => isChanged);
  if (changed.length === 0) return drafts;
  const after = new Map(reread(workspace, changed).prompts.map((loaded) => [loaded.file, loaded]));
  return drafts.map((one) => {
    if (!one.isChanged) return one;
    const text = before.get(one.file)!.yaml.text;
    const again = draft(one.file, one.text);
    const loss =
      lossOf(before.get(one.file)!, after.get(one.file)!) ??
      (again.isChanged || again.refusal !== undefined ? 'formatting it twice would change it again' : undefined);
    return loss === undefined ? one : { file: one.file, text, isChanged: false, refusal: loss };
  });
}

const NOT_LOADED = 'it does not load; `promptctl lint` shows why';

function draft(file: string, text: string): FormattedPrompt {
  try {
    const formatted = layOut(file, text);
    return { file, text: formatted, isChanged: formatted !== text };
  } catch (error) {
    if (!(error instanceof Unformattable)) throw error;
    return { file, text, isChanged: false, refusal: error.message };
  }
}

/** The changed files as they would be, among the others as they are. */
function reread(workspace: Workspace, changed: readonly FormattedPrompt[]): Workspace {
  const overlay = memorySource(Object.fromEntries(changed.map(({ file, text }) => [file, text])));
  const { source } = workspace;
  const mixed: Source = {
    label: source.label,
    list: () => source.list(),
    read: (paths) => new Map([...source.read(paths), ...overlay.read(paths)]),
  };
  return loadWorkspace(mixed, workspace.config, { files: changed.map(({ file }) => file) });
}
