export type {
  BudgetJson,
  BundleJson,
  ExampleJson,
  MessageJson,
  ParametersJson,
  PromptBodyJson,
  PromptJson,
  ResponseFormatJson,
  Role,
  StaticTokensJson,
  ToolJson,
  VariableJson,
} from './bundle.ts';
export { type Problem, PromptError, type RuntimeErrorCode } from './errors.ts';
export { isNonce } from './fence.ts';
export { Bundle, loadBundle, type PromptTypes } from './load.ts';
export { type ContentPart, contentText, type MediaPart, mediaPart, shownText } from './media.ts';
export type { RenderedMessage } from './message.ts';
export {
  type OutputContract,
  type ParsedOutput,
  parseOutput,
  type ParseOutputOptions,
  retryMessage,
} from './parse-output.ts';
export { nearest } from './nearest.ts';
export { type RenderedPieces, type RenderOptions, RuntimePrompt } from './prompt.ts';
export type { Provenance, Rendered, RenderedTool, ResponseFormat } from './rendered.ts';
export { renderText, type Values } from './render-segments.ts';
export { someSegment } from './segments.ts';
export type {
  EachSegment,
  Expr,
  IfSegment,
  MediaSegment,
  Operator,
  Origin,
  Segment,
  TextSegment,
  Trust,
  ValueSegment,
  WithSegment,
} from './segments.ts';
export {
  compileSchema,
  compileVariable,
  isLinearPattern,
  type JsonSchema,
  SchemaError,
  type SchemaProblem,
  type SchemaSubset,
  unsupportedKeywords,
  type Validate,
} from './schema/index.ts';
export { toText } from './text.ts';
export type { CountTokens } from './variables.ts';
export { anthropicContent, chatContent, geminiParts, responsesContent } from './requests/media.ts';
export { toAnthropic } from './requests/anthropic.ts';
export { toGemini } from './requests/gemini.ts';
export { toOpenAI, toOpenAIResponses } from './requests/openai.ts';
