export { ENCODINGS, type Encoding, countTokens, decode, encode, isEncoding } from './bpe/index.ts';
export {
  type ChatMessage,
  type CountedModel,
  countMessages,
  countSchema,
  countText,
  countTools,
  type ToolDefinition,
} from './chat/index.ts';
export { addFigures, type Figure } from './figure.ts';
export { encodingFor } from './models/index.ts';
