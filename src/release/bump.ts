import {
  compareVersions,
  type DiffReport,
  highest,
  increased,
  type Level,
  parseVersion,
  type PromptDiff,
  released,
  type Version,
  versionText,
} from '../diff/index.ts';
import { PromptctlError } from '../model/index.ts';
import type { ReleaseTag } from './tags.ts';

/** What bump is asked for beyond what the changes ask. */
export interface BumpWish {
  /** At least this level, for the prompts named; without names, for the bundle. */
  readonly level?: Level;
  readonly ids?: readonly string[];
  /** The name of a pre-release, as `rc`. */
  readonly pre?: string;
}

/** One version that should be another. */
export interface VersionStep {
  /** A prompt's id; absent for the bundle. */
  readonly id?: string;
  /** The released version that the step begins at. */
  readonly released: string;
  readonly from: string | undefined;
  readonly to: string;
  readonly level: Level;
  /** The kinds of change that ask for it. */
  readonly kinds: readonly string[];
}

/** A version that stands in the way. */
export interface VersionProblem {
  readonly id?: string;
  readonly message: string;
  readonly hint: string;
}

export interface BumpPlan {
  readonly steps: readonly VersionStep[];
  readonly problems: readonly VersionProblem[];
}

/** The versions that the changes since the last release ask for. Running it on its own result asks for nothing. */
export function planBump(report: DiffReport, wish: BumpWish, tags: readonly ReleaseTag[]): BumpPlan {
  const steps: VersionStep[] = [];
  const problems: VersionProblem[] = [];
  for (const prompt of report.prompts) {
    const outcome = promptStep(prompt, wish, tags);
    if (outcome && 'message' in outcome) problems.push(outcome);
    else if (outcome) steps.push(outcome);
  }
  return { steps, problems };
}

function promptStep(
  prompt: PromptDiff,
  wish: BumpWish,
  tags: readonly ReleaseTag[],
): VersionStep | VersionProblem | undefined {
  const { id, pair, version, changes } = prompt;
  if (!pair.new || (wish.ids && !wish.ids.includes(id))) return undefined;
  const level = highest([prompt.level, wish.ids?.includes(id) ? (wish.level ?? 'none') : 'none']);
  if (level === 'none') return undefined;
  if (version.new === undefined) {
    return {
      id,
      message: `\`${id}\` changed and has no version`,
      hint: `add \`version: ${version.needs ?? '1.0.0'}\``,
    };
  }
  if (!parseVersion(version.new)) {
    return {
      id,
      message: `\`${id}\` has the version ${version.new}, which is no semantic version`,
      hint: 'write it as 1.2.3',
    };
  }
  if (!pair.old) return undefined;
  return stepFrom({ id, from: version.old, now: version.new, level, wish, tags, kinds: kindsOf(changes, level) });
}

/** The step of the bundle's own version. */
export function planBundle(
  report: DiffReport,
  wish: BumpWish,
  tags: readonly ReleaseTag[],
): VersionStep | VersionProblem | undefined {
  const { bundle } = report;
  const level = highest([report.level, wish.ids === undefined ? (wish.level ?? 'none') : 'none']);
  if (level === 'none') return undefined;
  if (bundle.new === undefined)
    return { message: 'promptctl.yaml has no version', hint: `add \`version: ${bundle.needs ?? '1.0.0'}\`` };
  if (!parseVersion(bundle.new))
    return {
      message: `promptctl.yaml has the version ${bundle.new}, which is no semantic version`,
      hint: 'write it as 1.2.3',
    };
  return stepFrom({
    from: bundle.old,
    now: bundle.new,
    level,
    wish,
    tags,
    kinds: kindsOf(report.changes, report.level),
  });
}

function stepFrom(about: {
  readonly id?: string;
  readonly from: string | undefined;
  readonly now: string;
  readonly level: Level;
  readonly wish: BumpWish;
  readonly tags: readonly ReleaseTag[];
  readonly kinds: readonly string[];
}): VersionStep | VersionProblem | undefined {
  const { id, from, now, level, wish, tags, kinds } = about;
  const base = from === undefined ? undefined : parseVersion(from);
  // A version that the last release did not have stands as it was declared.
  if (!base) return undefined;
  const declared = parseVersion(now)!;
  const target = increased(released(base), level);
  const to = wish.pre === undefined ? target : preRelease(target, wish.pre, declared, tags, id);
  if (compareVersions(declared, to) >= 0) return undefined;
  const taken = tags.find((tag) => !tag.isReachable && holds(tag, id, versionText(to)));
  if (taken) {
    return {
      ...(id === undefined ? {} : { id }),
      message: `${id === undefined ? 'the bundle' : `\`${id}\``} needs ${versionText(to)}, which ${taken.name} has released on another branch`,
      hint: 'merge that release first, or ask for more with --level',
    };
  }
  return { ...(id === undefined ? {} : { id }), released: from!, from: now, to: versionText(to), level, kinds };
}

/** Whether a tag has released a version of a prompt, or of the bundle. */
function holds(tag: ReleaseTag, id: string | undefined, version: string): boolean {
  if (id === undefined) return tag.id === undefined && tag.text === version;
  if (tag.id !== undefined) return tag.id === id && tag.text === version;
  return tag.trailers?.prompts.some((prompt) => prompt.id === id && prompt.version === version) ?? false;
}

/** The next pre-release on the way to a version: the one declared, until it is tagged. */
function preRelease(
  target: Version,
  name: string,
  declared: Version,
  tags: readonly ReleaseTag[],
  id?: string,
): Version {
  const numberOf = (version: Version | undefined): number =>
    version &&
    compareVersions(released(version), target) === 0 &&
    version.pre[0] === name &&
    typeof version.pre[1] === 'number'
      ? version.pre[1]
      : -1;
  const taken = tags.flatMap((tag) => {
    if (id === undefined) return tag.id === undefined ? [numberOf(tag.version)] : [];
    if (tag.id !== undefined) return tag.id === id ? [numberOf(tag.version)] : [];
    const version = tag.trailers?.prompts.find((prompt) => prompt.id === id)?.version;
    return [numberOf(version === undefined ? undefined : parseVersion(version))];
  });
  const next = Math.max(-1, ...taken) + 1;
  return { ...target, pre: [name, Math.max(next, numberOf(declared))] };
}

function kindsOf(changes: DiffReport['changes'], level: Level): string[] {
  const asking = changes.filter((change) => change.level === highest(changes.map((one) => one.level)));
  return level === 'none' ? [] : [...new Set(asking.map(({ kind }) => kind))];
}

/** @throws PromptctlError `refused` with every problem, where there is one. */
export function refuseProblems(problems: readonly VersionProblem[]): void {
  if (problems.length === 0) return;
  throw new PromptctlError('refused', problems.map(({ message }) => message).join('\n'), {
    hint: [...new Set(problems.map(({ hint }) => hint))].join('\n  '),
  });
}
