import { type Prompt, PromptctlError } from '../../model/index.ts';
import { commitOf, repositoryOf } from '../../release/index.ts';
import { type Config, gitSource, loadWorkspace } from '../../workspace/index.ts';

export interface Baseline {
  readonly ref: string;
  readonly commit: string;
  /** The old version of a prompt, by its id or a former one; undefined where there was none. */
  beforeOf(prompt: Prompt): Prompt | undefined;
}

/** The prompts at a ref. @throws PromptctlError `unreadable` where git can't answer for it. */
export function baselineAt(folder: string, config: Config, ref: string, known?: string): Baseline {
  const commit = known ?? resolved(folder, ref);
  const { prompts } = loadWorkspace(gitSource(folder, commit), config);
  const byId = new Map(prompts.flatMap(({ prompt }) => (prompt ? [[prompt.id, prompt] as const] : [])));
  return {
    ref,
    commit,
    beforeOf: ({ id, aliases }) =>
      byId.get(id) ?? aliases.map((alias) => byId.get(alias)).find((prompt) => prompt !== undefined),
  };
}

function resolved(folder: string, ref: string): string {
  const repository = repositoryOf(folder);
  const commit = commitOf(repository, ref);
  if (commit !== undefined) return commit;
  throw new PromptctlError('unreadable', `git has no commit \`${ref}\``, {
    hint: repository.isShallow
      ? 'This clone is shallow: `git fetch --unshallow --tags`'
      : `\`git fetch origin ${ref}\` brings what is missing`,
  });
}
