export { PromptctlError, type ErrorCode } from './error.ts';
export { compareFindings, compareText, type Edit, type Finding, type Fix, type Severity } from './finding.ts';
export { canonicalJson, isObject, type JsonObject, type JsonValue, member, pointerParts, pointerTo } from './json.ts';
export { type LineStarts, lineStarts, type Position, positionAt, type Range, rangeAt } from './position.ts';
export { VERSION } from './version.ts';
export type { EvaluatorSpec, Example, Message, Prompt, Read, TestRow, Variable, Variant } from './prompt.ts';
