import { cacheableTokens } from '../../../tokens/models/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { dollars, written } from '../tokens/counts.ts';
import { frontTokens, layoutOf, mostFrontTokens, mostTokens, savedUsd, tokensOf } from './layout.ts';

const RULES = Array.from(
  { length: 80 },
  (_, at) => `      Rule ${at + 1} of the house is written here for guests who ask about it.\n`,
).join('');
const hotel = (content: string, asked = '"{{question}}"'): string =>
  `promptctl: 1\nmodel: openai/gpt-4o\nvariables: { today: { type: string, trust: trusted }, question: { type: string } }\nmessages:\n  - role: system\n    content: |\n${content}  - role: user\n    content: ${asked}\n`;

export const variableBeforeStatic: Rule = promptRule({
  id: 'cache/variable-before-static',
  severity: 'info',
  preset: 'all',
  summary: 'A value that changes with every call, in front of text that never does.',
  why: 'A prompt cache knows prefixes: from the first character that differs, nothing is reused. A date in the first line makes all the rules below it cost their full price on every call. A request that is shorter than the least the provider caches has nothing to win, and the rule is silent.',
  unless: 'the order matters to the answer, or the value changes less often than the cache lives.',
  options: {
    schema: {
      type: 'object',
      properties: {
        tokens: {
          type: 'integer',
          minimum: 1,
          description: 'Static tokens after the value from which the rule speaks.',
        },
      },
    },
    defaults: { tokens: 256 },
  },
  examples: {
    bad: [
      { text: hotel(`      Today is {{today}}.\n${RULES}`), line: 7 },
      { text: hotel('      Be brief.\n', `|\n      {{question}}\n${RULES}`), line: 10 },
      { text: hotel(`      {{#if today}}Today is {{today}}.{{/if}}\n${RULES}`), line: 7 },
    ],
    good: [
      { text: hotel(`${RULES}      Today is {{today}}.\n`) },
      { text: hotel('      Today is {{today}}. Be brief.\n') },
    ],
  },
  check: (context) => {
    const layout = layoutOf(context);
    const first = layout?.first;
    const least = context.options['tokens'] as number;
    if (!layout || !first || mostTokens(layout.after) < least) return;
    const { info, facts, before, after } = layout;
    if (mostTokens([...before, ...after]) + mostFrontTokens(context.prompt) < (facts.minimumTokens ?? 0)) return;
    const lost = tokensOf(after, info);
    if (lost < least) return;
    const front = frontTokens(context.prompt, info);
    const cached = cacheableTokens(front + tokensOf(before, info), facts);
    const won = cacheableTokens(front + tokensOf([...before, ...after], info), facts) - cached;
    // A text that is under the provider's minimum in any order has nothing to win.
    if (won <= 0) return;
    const saved = savedUsd(won, layout);
    context.report({
      message: `${written(lost)} static tokens after \`${first.source}\` are never read from the cache`,
      help: `move it below them: ${written(won)} tokens more are cached${saved === undefined ? '' : `, which saves up to ${dollars(saved)} per 1 000 calls (prices of ${info.priceDate}, cache facts of ${facts.date})`}`,
      at: first.at,
    });
  },
});
