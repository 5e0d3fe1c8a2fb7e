export { compileSchema, type Validate } from './compile.ts';
export { isObject, type JsonObject, type JsonSchema, type JsonType } from './json-schema.ts';
export { isLinearPattern } from './linear-pattern.ts';
export { SchemaError, type SchemaProblem } from './problem.ts';
export { type SchemaSubset, type UnsupportedKeyword, unsupportedKeywords } from './support.ts';
