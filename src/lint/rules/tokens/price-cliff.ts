import { costUsd, ratesFor } from '../../../tokens/prices/index.ts';
import type { Rule } from '../../rule.ts';
import { sentPromptRule } from '../variants.ts';
import { ceilingOf, countsOf, dollars, modelOf, tokensWritten, written } from './counts.ts';

const LONG =
  'promptctl: 1\nmodel: google/gemini-2.5-pro\nvariables:\n  transcript: { type: string, maxLength: 900000, maxTokens: 225000 }\nmessages:\n  - role: user\n    content: "{{transcript}}"\n';

export const priceCliff: Rule = sentPromptRule({
  id: 'tokens/price-cliff',
  severity: 'info',
  preset: 'all',
  summary: 'A prompt whose longest request falls into a dearer price tier.',
  why: 'Past a threshold, at most models 200 000 or 272 000 input tokens, the higher rate holds for the whole request and not for the excess alone: one token more can double the bill.',
  unless: 'such requests are rare and worth it.',
  examples: {
    bad: [
      { text: LONG, line: 2 },
      { text: LONG.replace('gemini-2.5-pro', 'gemini-3.1-pro-preview'), line: 2 },
      {
        text: `${LONG.replace('2.5-pro', '2.5-flash')}variants: { better: { model: google/gemini-2.5-pro } }\n`,
        line: 8,
      },
    ],
    good: [{ text: LONG.replace('225000', '180000') }, { text: LONG.replace('gemini-2.5-pro', 'gemini-2.5-flash') }],
  },
  check: (context) => {
    const info = modelOf(context);
    const first = info?.price?.tiers?.[0];
    if (!info?.price || !first) return;
    const { static: text, worst } = ceilingOf(context);
    if ((worst ?? text) <= first.above) return;
    const counted = countsOf(context);
    const figure = counted.worst ?? counted.static;
    if (figure.tokens <= first.above) return;
    const before = costUsd({ input: first.above, output: 0 }, info.price)!;
    const after = costUsd({ input: first.above + 1, output: 0 }, info.price)!;
    context.report({
      message: `The longest request is ${tokensWritten(figure)}; over ${written(first.above)} all of its input costs $${ratesFor(first.above + 1, info.price).input} a million instead of $${info.price.input}: ${dollars(after)} instead of ${dollars(before)} for the first token more (prices of ${info.priceDate})`,
      help: `keep the input at ${written(first.above)} tokens or under`,
      at: { pointer: '/model' },
    });
  },
});
