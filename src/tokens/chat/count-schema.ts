import type { Figure } from '../figure.ts';
import { countText, resolve } from './count-text.ts';
import type { CountedModel } from './count-text.ts';

const ERROR = 0.3;

/**
 * Estimates what a response format adds to the input: the schema's JSON under a heading, as OpenAI's Harmony format documents it for
 * gpt-oss. What other models get is not documented.
 */
export function countSchema(schema: unknown, model: CountedModel): Figure {
  const known = resolve(model);
  const { tokens } = countText(`# Response Formats\n\n## response\n\n${JSON.stringify(schema) ?? ''}`, known);
  return { tokens, kind: 'estimate', by: 'response format as JSON', error: ERROR };
}
