export { type CompatMode, type Config, CONFIG_FILE, findConfig, type FoundConfig, parseConfig } from './config.ts';
export { decode } from './decode.ts';
export { type Experiment, type Experiments, experimentsIn, isExperimentFile } from './experiments.ts';
export { configSchema } from './format/config-schema.ts';
export { promptSchema } from './format/prompt-schema.ts';
export { globMatcher } from './glob.ts';
export { defaultId, idProblem } from './id.ts';
export {
  includedFiles,
  type LoadedPrompt,
  loadWorkspace,
  type LoadOptions,
  promptFiles,
  type Workspace,
} from './load.ts';
export type { SourceProblem } from './problem.ts';
export { diskSource } from './sources/disk.ts';
export { gitSource } from './sources/git.ts';
export { followLinks, LINK_TROUBLES, type LinkEnd } from './sources/links.ts';
export {
  type FileBytes,
  MAX_FILE_BYTES,
  memorySource,
  type Source,
  TOO_LARGE,
  type Trouble,
} from './sources/source.ts';
export { cut, githubTemplate, type Piece, type TagPiece, typesOf } from './template/index.ts';
export { YamlFile } from './yaml/yaml-file.ts';
export type { YamlNode, YamlScalar } from './yaml/node.ts';
