export {
  type Baseline,
  type BaselineEntry,
  type BaselineScope,
  baselineText,
  parseBaseline,
  withBaseline,
} from './baseline.ts';
export { lint, type LintOptions, type LintResult } from './engine.ts';
export { type KeptLint, lintKept } from './kept.ts';
export { applyFixes, type Fixed } from './fix.ts';
export { type Preset, PRESETS, type Rule, type RuleExample } from './rule.ts';
export { rules } from './rules/index.ts';
