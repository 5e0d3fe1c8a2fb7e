import { type DiffReport, diffSides, type Side } from '../diff/index.ts';
import { PromptctlError } from '../model/index.ts';
import type { Config, Source } from '../workspace/index.ts';
import { commitOf, headCommit, refHint, type Repository, shallowError } from './repository.ts';
import { sidesSince } from './sides.ts';
import {
  lastRelease,
  refuseForeignTags,
  type ReleaseTag,
  releaseTags,
  tagNames,
  type TagNames,
  workspaceName,
} from './tags.ts';

/** Changes since a release: of the whole bundle, or of the prompts whose last release that is. */
export interface SinceRelease {
  readonly label: string;
  readonly report: DiffReport;
  readonly new: Side;
}

export interface ReleaseHistory {
  readonly repository: Repository;
  readonly names: TagNames;
  readonly tags: readonly ReleaseTag[];
}

/**
 * The release tags of a workspace.
 *
 * @throws PromptctlError `unreadable` in a shallow clone, which may lack some, and on a branch without a commit
 */
export function releaseHistory(
  repository: Repository,
  config: Config,
  options: { readonly mayBeShallow?: boolean } = {},
): ReleaseHistory {
  const names = tagNames(config.release.tag);
  if (repository.isShallow && options.mayBeShallow !== true)
    throw shallowError('the history that release tags hang on');
  headCommit(repository);
  const tags = releaseTags(repository, names);
  refuseForeignTags(tags, workspaceName(repository));
  return { repository, names, tags };
}

export interface SinceOptions {
  readonly today: string;
  /** A ref to compare with instead of the last release. */
  readonly against?: string;
  /** Reads every prompt, changed or not. */
  readonly all?: boolean;
}

/**
 * What changed since the last release. Empty where there is none yet: then declared versions stand. With independent versions
 * each prompt has a last release of its own.
 */
export function changesSinceRelease(
  history: ReleaseHistory,
  config: Config,
  disk: Source,
  options: SinceOptions,
): readonly SinceRelease[] {
  const { repository, names, tags } = history;
  const { against, today, all = false } = options;
  const since = (commit: string, label: string, ids?: readonly string[]): SinceRelease => {
    const sides = sidesSince(repository, { commit, label }, config, disk, { all: all || ids !== undefined });
    return { label, report: diffSides(sides.old, sides.new, { today, ...(ids ? { ids } : {}) }), new: sides.new };
  };
  const named = against ?? (config.compat.against === 'latest-tag' ? undefined : config.compat.against);
  if (named !== undefined) {
    const commit = commitOf(repository, named);
    if (commit === undefined)
      throw new PromptctlError('unreadable', `There is no ref \`${named}\` to compare with`, {
        hint: refHint(repository, named),
      });
    return [since(commit, named)];
  }
  if (!names.isIndependent) {
    const last = lastRelease(tags);
    return last ? [since(last.commit, last.name)] : [];
  }
  const latest = new Map<string, ReleaseTag>();
  for (const tag of tags) if (tag.isReachable && tag.version.pre.length === 0) latest.set(tag.id!, tag);
  const byCommit = new Map<string, ReleaseTag[]>();
  for (const tag of latest.values()) byCommit.set(tag.commit, [...(byCommit.get(tag.commit) ?? []), tag]);
  return [...byCommit].map(([commit, together]) =>
    since(
      commit,
      together.map(({ name }) => name).join(', '),
      together.map(({ id }) => id!),
    ),
  );
}
