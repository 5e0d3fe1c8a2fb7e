import { type Change, compareChanges, discounted, highest, type Level } from './change.ts';
import { detectBundleChanges, detectChanges } from './detect.ts';
import type { Pair } from './kind.ts';
import { idOf, likelyRenames, pairsOf } from './pairs.ts';
import { compareVersions, increased, parseVersion, released, versionText } from './semver.ts';
import type { Side } from './side.ts';
import { applyWaivers, type WaiverReport } from './waivers.ts';

export interface DiffOptions {
  /** Only these prompts; all by default. */
  readonly ids?: readonly string[];
  /** The day that waivers are held against, as `2026-01-31`. */
  readonly today: string;
}

/** A version, what the changes ask of it, and the least that it must be. */
export interface VersionNeed {
  readonly old: string | undefined;
  readonly new: string | undefined;
  readonly level: Level;
  /** The next version for that level; absent where nothing is asked, or the old version is none. */
  readonly needs?: string;
  /** True where the new side already says at least that. */
  readonly isMet: boolean;
}

/** What became of one prompt. */
export interface PromptDiff {
  readonly id: string;
  readonly level: Level;
  readonly version: VersionNeed;
  readonly changes: readonly Change[];
  readonly pair: Pair;
}

export interface DiffReport {
  readonly old: string;
  readonly new: string;
  readonly level: Level;
  readonly bundle: VersionNeed;
  /** Every prompt that was compared, changed or not, in order of the ids. */
  readonly prompts: readonly PromptDiff[];
  readonly changes: readonly Change[];
  /** Those of `changes` that are the bundle's own; none where only some prompts are compared. */
  readonly bundleChanges: readonly Change[];
  readonly waivers: readonly WaiverReport[];
  /** Files of the new side that could not be read: of these nothing is said. */
  readonly unread: Side['unread'];
}

/**
 * Compares two sides and judges every change. The bundle's level is the highest of its prompts', each after its own discount,
 * and then its own below 1.0.0.
 */
export function diffSides(old: Side, now: Side, options: DiffOptions): DiffReport {
  const all = pairsOf(old, now);
  const renames = likelyRenames(all);
  const wanted = options.ids && new Set(options.ids);
  const pairs = wanted ? all.filter((pair) => wanted.has(idOf(pair)) || wanted.has(pair.old?.json.id ?? '')) : all;
  const waivers: WaiverReport[] = [];
  const prompts = pairs.map((pair): PromptDiff => {
    const id = idOf(pair);
    const found = detectChanges(pair).map((change) => withHint(change, renames));
    const version = pair.new?.json.version;
    const written = pair.new?.source?.waivers ?? [];
    const judged = applyWaivers(found, written, { promptId: id, version, today: options.today });
    waivers.push(...judged.waivers);
    const level = promptLevel(pair, judged.changes);
    const before = pair.old?.json.version;
    return { id, level, version: need(before, version, level), changes: judged.changes, pair };
  });
  const bundleChanges = wanted ? [] : detectBundleChanges(old, now);
  const level = bundleLevel(prompts, bundleChanges, old.version);
  return {
    old: old.label,
    new: now.label,
    level,
    bundle: need(old.version, now.version, level),
    prompts,
    changes: [...prompts.flatMap(({ changes }) => changes), ...bundleChanges].sort(compareChanges),
    bundleChanges,
    waivers,
    unread: now.unread,
  };
}

/** The same comparison without the changes that a waiver quiets: what a gate looks at. No version follows from it. */
export function withoutWaived(report: DiffReport): DiffReport {
  const prompts = report.prompts.map((prompt): PromptDiff => {
    const changes = prompt.changes.filter(({ waived }) => waived === undefined);
    const level = promptLevel(prompt.pair, changes);
    return { ...prompt, changes, level, version: need(prompt.version.old, prompt.version.new, level) };
  });
  const level = bundleLevel(prompts, report.bundleChanges, report.bundle.old);
  const changes = report.changes.filter(({ waived }) => waived === undefined);
  return { ...report, prompts, changes, level, bundle: need(report.bundle.old, report.bundle.new, level) };
}

function bundleLevel(prompts: readonly PromptDiff[], own: readonly Change[], version: string | undefined): Level {
  return discounted(highest([...prompts, ...own].map(({ level }) => level)), version);
}

/** A prompt's level: the old side's version and stability count, because its callers chose by them. */
function promptLevel({ old, new: now }: Pair, changes: readonly Change[]): Level {
  const level = discounted(highest(changes.map((change) => change.level)), old?.json.version);
  const isExperimental = (old ?? now)!.json.stability === 'experimental';
  return isExperimental && level !== 'none' ? 'patch' : level;
}

/** What a level asks of a version. A pre-release of the next version is on the way to it, and not yet it. */
function need(old: string | undefined, now: string | undefined, level: Level): VersionNeed {
  const from = old === undefined ? undefined : parseVersion(old);
  if (!from || level === 'none') return { old, new: now, level, isMet: true };
  const target = increased(released(from), level);
  const declared = now === undefined ? undefined : parseVersion(now);
  const isMet = declared !== undefined && compareVersions(released(declared), target) >= 0;
  return { old, new: now, level, needs: versionText(target), isMet };
}

function withHint(change: Change, renames: ReadonlyMap<string, string>): Change {
  const to = change.kind === 'prompt-removed' ? renames.get(change.promptId) : undefined;
  if (to === undefined) return change;
  return {
    ...change,
    message: `${change.message}; \`${to}\` says the same: was it renamed? Then add \`aliases: [${change.promptId}]\` there`,
  };
}
