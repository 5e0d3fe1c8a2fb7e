import { promptRule, type Rule } from '../../rule.ts';
import { ceilingOf, countsOf, tokensWritten, written } from './counts.ts';

const RULES = Array.from(
  { length: 12 },
  (_, at) => `      Rule ${at + 1} of the house is written here for guests who ask about it.\n`,
).join('');
const HOTEL = `promptctl: 1\nmodel: openai/gpt-4o\nvariables: { question: { type: string, maxTokens: 50 } }\nmessages:\n  - role: system\n    content: |\n${RULES}  - role: user\n    content: "{{question}}"\nbudget: { inputTokens: 300 }\n`;

export const staticShare: Rule = promptRule({
  id: 'tokens/static-share',
  severity: 'info',
  preset: 'all',
  summary: 'A budget that goes mostly to text which never changes.',
  why: 'Every call pays for the fixed text again. Where it fills the budget, little is left for what the call is about, and models lose the middle of a long context. Fixed text is what every call sends: messages with their partials, examples, tools and the schema.',
  unless: 'the fixed text is cached, or it is the task.',
  options: {
    schema: {
      type: 'object',
      properties: {
        share: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'Largest share of budget.inputTokens that static text may take.',
        },
      },
    },
    defaults: { share: 0.6 },
  },
  examples: {
    bad: [
      { text: HOTEL, line: 21 },
      {
        text: HOTEL.replace('300', '280').replace('budget: { inputTokens', 'budget: { outputTokens: 100, inputTokens'),
        line: 21,
      },
    ],
    good: [{ text: HOTEL.replace('inputTokens: 300', 'inputTokens: 900') }],
  },
  check: (context) => {
    const limit = context.prompt.budget?.inputTokens;
    const share = context.options['share'] as number;
    if (limit === undefined || ceilingOf(context).static <= share * limit) return;
    const { static: text } = countsOf(context);
    // Over the whole budget, over-budget has said more.
    if (text.tokens <= share * limit || text.tokens > limit) return;
    context.report({
      message: `Static text is ${tokensWritten(text)}, ${Math.round((100 * text.tokens) / limit)} % of the ${written(limit)} that the budget allows`,
      help: 'shorten the text, move what is rarely needed into a retrieved variable, or raise the budget',
      at: { pointer: '/budget/inputTokens' },
    });
  },
});
