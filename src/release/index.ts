export { type ChangedFiles, changedFiles, workingTree } from './changed-files.ts';
export { git, tryGit } from './git.ts';
export {
  type Base,
  commitOf,
  defaultBranch,
  headCommit,
  mergeBase,
  type Repository,
  repositoryOf,
  shallowError,
} from './repository.ts';
export { configIn, sideAt, type Sides, sidesSince } from './sides.ts';
