export {
  type BumpPlan,
  type BumpWish,
  planBump,
  planBundle,
  refuseProblems,
  type VersionProblem,
  type VersionStep,
} from './bump.ts';
export { workingTree } from './changed-files.ts';
export { type ChangelogSection, HEADINGS, releaseSections, sectionOf } from './changelog.ts';
export { bundleAt } from './content.ts';
export { makeTags, type PlannedTag, planRelease, refuseDirtyTree } from './make-release.ts';
export { type LogEntry, promptLog } from './prompt-log.ts';
export { provenanceStatement } from './provenance.ts';
export { git, tryGit } from './git.ts';
export {
  type Base,
  commitOf,
  headCommit,
  mergeBase,
  refHint,
  refuseBare,
  type Repository,
  repositoryOf,
} from './repository.ts';
export {
  changesSinceRelease,
  type ReleaseHistory,
  releaseHistory,
  type SinceOptions,
  type SinceRelease,
} from './required.ts';
export { configIn, sideAt, type Sides, sidesSince } from './sides.ts';
export { type Splice, spliceVersion } from './splice.ts';
export { type ReleaseTag, workspaceName } from './tags.ts';
export { type Verification, verifyBundle, verifyTag } from './verify.ts';
