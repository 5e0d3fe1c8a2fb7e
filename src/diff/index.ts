export { promptOfBundle } from './bundled-prompt.ts';
export { type Category, type Change, type ChangeSeverity, highest, type Level, reaches } from './change.ts';
export { changeKinds } from './changes/index.ts';
export {
  type DiffOptions,
  type DiffReport,
  diffSides,
  type PromptDiff,
  type VersionNeed,
  withoutWaived,
} from './diff-prompts.ts';
export type { ChangeExample, ChangeKind, Pair } from './kind.ts';
export { compareSchemas, type Comparison, type Role, type SchemaPair } from './schema-compat/index.ts';
export { compareVersions, increased, parseVersion, released, type Version, versionText } from './semver.ts';
export {
  bundleOfSide,
  type Compat,
  type Side,
  type SidePrompt,
  sideOfBundle,
  sideOfWorkspace,
  type Unread,
} from './side.ts';
export { renderedChanges, type RenderedChange } from './rendered.ts';
export type { WaiverReport } from './waivers.ts';
export { witnessText } from './witness-text.ts';
export { excerpt, type WordRun, wordRuns } from './words.ts';
