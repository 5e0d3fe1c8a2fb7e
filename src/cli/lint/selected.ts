import { lint, type LintResult } from '../../lint/index.ts';
import { includedFiles } from '../../workspace/index.ts';
import type { Opened } from '../workspace.ts';

/** Lints the workspace, for some rules compare prompts, and keeps what is said of the selected ones and of what they include. */
export function lintSelected({ workspace, selected }: Pick<Opened, 'workspace' | 'selected'>): LintResult {
  const result = lint(workspace);
  if (selected.length === workspace.prompts.length) return result;
  const files = new Set(selected.flatMap((loaded) => [loaded.file, ...includedFiles(loaded)]));
  const ids = new Set(selected.flatMap(({ prompt }) => (prompt ? [prompt.id] : [])));
  const isPrompt = new Set(workspace.prompts.map(({ file }) => file));
  return {
    ...result,
    findings: result.findings.filter(
      ({ file, promptId }) => files.has(file) || (!isPrompt.has(file) && promptId !== undefined && ids.has(promptId)),
    ),
    files: selected.length,
    unreadable: selected.some((loaded) => loaded.unreadable),
  };
}
