export { type CountOptions, countedRequest, countPrompt, type PromptTokens } from './count-prompt.ts';
export { readOverrides } from './read-overrides.ts';
export { staticCounter } from './static-counter.ts';
export { type WorstCase, worstCase } from './worst-case.ts';
