import {
  type BumpWish,
  changesSinceRelease,
  planBump,
  planBundle,
  type ReleaseHistory,
  releaseHistory,
  repositoryOf,
  type SinceRelease,
  type VersionProblem,
  type VersionStep,
} from '../release/index.ts';
import { PromptctlError } from '../model/index.ts';
import { compareVersions, type DiffReport, parseVersion, released } from '../diff/index.ts';
import { diskSource } from '../workspace/index.ts';
import type { Ground } from './comparison.ts';
import { today } from './today.ts';

/** The versions that a workspace asks for, and what it was compared with. */
export interface VersionPlan {
  readonly history: ReleaseHistory;
  /** Empty where nothing was released yet: declared versions stand. */
  readonly since: readonly SinceRelease[];
  readonly steps: readonly VersionStep[];
  readonly problems: readonly VersionProblem[];
}

/** Plans the versions since the last release, or since what `against` names. `seen` may leave changes out. */
export function planVersions(
  ground: Ground,
  wish: BumpWish,
  against?: string,
  seen: (report: DiffReport) => DiffReport = (report) => report,
): VersionPlan {
  const { folder, config } = ground;
  const history = releaseHistory(repositoryOf(folder), config);
  const disk = diskSource(folder);
  const options = { today: today(), all: wish.ids !== undefined && wish.level !== undefined };
  let since = changesSinceRelease(history, config, disk, { ...options, ...(against === undefined ? {} : { against }) });
  // Without a release, a level is asked of what HEAD declares, so that asking twice is asking once.
  if (since.length === 0 && wish.level !== undefined)
    since = changesSinceRelease(history, config, disk, { ...options, against: 'HEAD' });
  const broken = since.flatMap(({ report }) => report.unread.map(({ message }) => message));
  if (broken.length > 0) {
    throw new PromptctlError(
      'refused',
      `The working tree has files that can't be read: ${[...new Set(broken)].join('\n')}`,
      {
        hint: 'mend them; `promptctl lint` shows the places',
      },
    );
  }
  const steps: VersionStep[] = [];
  const problems: VersionProblem[] = [];
  for (const report of since.map((one) => seen(one.report))) {
    const plan = planBump(report, wish, history.tags);
    steps.push(...plan.steps);
    problems.push(...plan.problems);
    if (history.names.isIndependent) continue;
    const bundle = planBundle(report, wish, history.tags);
    if (bundle && 'message' in bundle) problems.push(bundle);
    else if (bundle) steps.push(bundle);
  }
  return { history, since, steps, problems };
}

/** A pre-release of the version asked for is on its way there, and no stale version. */
export function isStale({ from, to }: VersionStep): boolean {
  const declared = from === undefined ? undefined : parseVersion(from);
  return !declared || compareVersions(released(declared), parseVersion(to)!) < 0;
}
