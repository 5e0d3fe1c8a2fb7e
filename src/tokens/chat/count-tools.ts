import type { Figure } from '../figure.ts';
import type { Provider } from '../models/index.ts';
import { countText, resolve } from './count-text.ts';
import type { CountedModel } from './count-text.ts';
import { toolSource } from './tool-source.ts';
import type { ToolDefinition } from './tool-source.ts';

/** Tokens around OpenAI's declarations: their heading, and a message of their own where they cannot join the system message. */
const OPENAI_HEADING = 5;
const OPENAI_OWN_MESSAGE = 4;
const OPENAI_ERROR = 0.05;

/**
 * Tokens of the instructions that other makers put before tools. Claude: Anthropic, "Tool use pricing" (Claude 4, tool_choice
 * auto). The rest: measured at the API by ai-tokenizer 1.0.6.
 */
const INSTRUCTIONS: Partial<Record<Provider, number>> = {
  anthropic: 346,
  qwen: 245,
  deepseek: 149,
  mistral: 60,
  xai: 240,
  amazon: 394,
  meta: 173,
};
const OTHERS_ERROR = 0.3;

/**
 * Estimates what a request's tools add to its input; nothing where there are none.
 *
 * For OpenAI's models: their rendering as TypeScript, counted exactly, and a fixed heading. For others: their JSON, and the maker's
 * instructions.
 *
 * @param beside.systemMessage whether the conversation has one, which OpenAI's tools then join
 */
export function countTools(
  tools: readonly ToolDefinition[],
  model: CountedModel,
  beside: { readonly systemMessage?: boolean } = {},
): Figure {
  const known = resolve(model);
  if (known.provider === 'openai' && known.encoding !== undefined) {
    const around = OPENAI_HEADING + (beside.systemMessage === true ? 0 : OPENAI_OWN_MESSAGE);
    const tokens = tools.length === 0 ? 0 : countText(toolSource(tools), known).tokens + around;
    return { tokens, kind: 'estimate', by: `openai tools as TypeScript (${known.encoding})`, error: OPENAI_ERROR };
  }
  const json = tools.length === 0 ? '' : JSON.stringify(tools);
  const instructions = tools.length === 0 ? 0 : (INSTRUCTIONS[known.provider] ?? 0);
  const tokens = countText(json, known).tokens + instructions;
  return { tokens, kind: 'estimate', by: `${known.provider} tools as JSON`, error: OTHERS_ERROR };
}
