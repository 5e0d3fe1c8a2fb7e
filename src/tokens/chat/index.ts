export { countText } from './count-text.ts';
export type { CountedModel } from './count-text.ts';
export { countMessages } from './count-messages.ts';
export type { ChatMessage } from './count-messages.ts';
export { countTools } from './count-tools.ts';
export type { ToolDefinition } from './tool-source.ts';
export { countSchema } from './count-schema.ts';
