export { bundleText, compileBundle, type CompileOptions, typesText } from './compile/index.ts';
export {
  type Change,
  compareSchemas,
  type Comparison,
  type DiffOptions,
  type DiffReport,
  diffSides,
  type Level,
  type PromptDiff,
  type SchemaPair,
  type Side,
  sideOfBundle,
  sideOfWorkspace,
} from './diff/index.ts';
export { applyFixes, type Fixed, lint, type LintOptions, type LintResult, type Rule, rules } from './lint/index.ts';
export {
  type Finding,
  type Position,
  type Prompt,
  PromptctlError,
  type Range,
  type Severity,
  VERSION,
} from './model/index.ts';
export { contentDigest, type Renderer, rendererOf, repeatableNonce } from './render/index.ts';
export { countPrompt, type PromptTokens } from './tokens/prompt/index.ts';
export {
  type Config,
  diskSource,
  findConfig,
  type FoundConfig,
  gitSource,
  type LoadedPrompt,
  loadWorkspace,
  memorySource,
  parseConfig,
  type Source,
  type Workspace,
} from './workspace/index.ts';
