import type { Rule } from '../../rule.ts';
import { sentPromptRule } from '../variants.ts';
import { ceilingOf, countsOf, modelOf, tokensWritten, written } from './counts.ts';

const LONG =
  'promptctl: 1\nmodel: openai/gpt-4o\nvariables:\n  transcript: { type: string, maxLength: 800000, maxTokens: 200000 }\nmessages:\n  - role: user\n    content: "{{transcript}}"\n';

export const overWindow: Rule = sentPromptRule({
  id: 'tokens/over-window',
  severity: 'error',
  preset: 'recommended',
  owasp: 'LLM10:2025',
  summary: 'A prompt whose longest request does not fit the model.',
  why: 'A request that is longer than the context window fails, or a server cuts it, mostly at the front where the instructions are. Input and the longest answer share the window. A variable counts with its `maxTokens`, else with its `maxLength` as so many tokens; where one has neither, the fixed text alone is counted, as always in github mode.',
  unless: 'a proxy in front of the model shortens requests.',
  examples: {
    bad: [
      { text: LONG, line: 2 },
      {
        text: LONG.replace('gpt-4o', 'gpt-4o-mini')
          .replace('200000', '127000')
          .replace('variables:', 'modelParameters: { maxTokens: 4000 }\nvariables:'),
        line: 2,
      },
      { text: `${LONG.replace('gpt-4o', 'gpt-4.1')}variants:\n  cheap:\n    model: openai/gpt-4o-mini\n`, line: 10 },
    ],
    good: [{ text: LONG.replace('gpt-4o', 'gpt-4.1') }, { text: LONG.replace('200000', '100000') }],
  },
  check: (context) => {
    const window = modelOf(context)?.contextWindow;
    if (window === undefined) return;
    const answer = context.prompt.parameters.maxTokens ?? 0;
    const { static: text, worst } = ceilingOf(context);
    if ((worst ?? text) + answer <= window) return;
    const counted = countsOf(context);
    const figure = counted.worst ?? counted.static;
    if (figure.tokens + answer <= window) return;
    context.report({
      message: `The longest request is ${tokensWritten(figure)}${answer > 0 ? ` and the answer up to ${written(answer)}` : ''}; \`${context.prompt.model}\` takes ${written(window)}`,
      help: 'lower the maxTokens of the variables, or choose a model with a larger window',
      at: { pointer: '/model' },
    });
  },
});
