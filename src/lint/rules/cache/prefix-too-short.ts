import { promptRule, type Rule } from '../../rule.ts';
import { dollars, written } from '../tokens/counts.ts';
import { frontTokens, layoutOf, mostFrontTokens, mostTokens, savedUsd, tokensOf } from './layout.ts';

const line = (at: number): string => `      Rule ${at + 1} of the house is written here for guests who ask about it.\n`;
const hotel = (model: string, lines: number): string =>
  `promptctl: 1\nmodel: ${model}\nvariables: { question: { type: string } }\nmessages:\n  - role: system\n    content: |\n${Array.from({ length: lines }, (_, at) => line(at)).join('')}  - role: user\n    content: "{{question}}"\n`;

export const prefixTooShort: Rule = promptRule({
  id: 'cache/prefix-too-short',
  severity: 'info',
  preset: 'all',
  summary: 'A static prefix that just misses the provider’s prompt cache.',
  why: 'Providers cache a prefix only from a minimum on, 1 024 tokens at OpenAI and between 512 and 4 096 at Anthropic, and say nothing when it is missed. A few sentences more, an example say, and most of the input costs a tenth to a half. The prefix is all that is sent before the first value that changes: tools, schema, messages, examples.',
  unless: 'calls are further apart than the cache lives.',
  options: {
    schema: {
      type: 'object',
      properties: {
        within: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'How far under the minimum, as a share of it, a prefix still counts as a near miss.',
        },
      },
    },
    defaults: { within: 0.2 },
  },
  examples: {
    bad: [
      { text: hotel('openai/gpt-4o', 60), line: 4 },
      { text: hotel('anthropic/claude-sonnet-4-5', 55), line: 4 },
    ],
    good: [{ text: hotel('openai/gpt-4o', 80) }, { text: hotel('openai/gpt-4o', 30) }],
  },
  check: (context) => {
    const layout = layoutOf(context);
    const minimum = layout?.facts.minimumTokens;
    if (!layout || minimum === undefined) return;
    const least = minimum * (1 - (context.options['within'] as number));
    const { info, before, after } = layout;
    if (mostTokens(before) + mostFrontTokens(context.prompt) < least) return;
    const prefix = tokensOf(before, info) + frontTokens(context.prompt, info);
    if (prefix < least || prefix >= minimum) return;
    // Where the rest of the text would make up for it, variable-before-static says so.
    if (prefix + (mostTokens(after) < minimum - prefix ? 0 : tokensOf(after, info)) >= minimum) return;
    const saved = savedUsd(minimum, layout);
    context.report({
      message: `The static prefix is ${written(prefix)} tokens; \`${context.prompt.model}\` caches from ${written(minimum)} on`,
      help: `${written(minimum - prefix)} tokens more, for example one more example, and it is cached${saved === undefined ? '' : `: saves up to ${dollars(saved)} per 1 000 calls (prices of ${info.priceDate})`}`,
      at: { pointer: '/messages', part: 'key' },
    });
  },
});
