export { compileSchema, compileVariable, type Validate } from './compile.ts';
export { isObject, type JsonObject, type JsonSchema, type JsonType } from './json-schema.ts';
export type { SchemaSubset } from './keywords.ts';
export { isLinearPattern } from './linear-pattern.ts';
export { pointerStep, SchemaError, type SchemaProblem } from './problem.ts';
export { type UnsupportedKeyword, unsupportedKeywords } from './support.ts';
