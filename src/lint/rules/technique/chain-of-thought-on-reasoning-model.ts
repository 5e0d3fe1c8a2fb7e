import { promptRule, type Rule } from '../../rule.ts';
import { modelOf } from '../tokens/counts.ts';
import { askedToThink } from './said.ts';

export const chainOfThoughtOnReasoningModel: Rule = promptRule({
  id: 'technique/chain-of-thought-on-reasoning-model',
  severity: 'info',
  preset: 'all',
  summary: 'A model that thinks unasked, told to think.',
  why: 'Reasoning models think before they answer, out of sight and at the price of output. “Think step by step” makes them do it a second time in the answer: longer, dearer, and, by the makers’ own guides, no better and at times worse.',
  unless: 'you have measured that it helps on your rows.',
  examples: {
    bad: [
      {
        text: 'model: openai/o4-mini\nmessages:\n  - role: user\n    content: |\n      Which clause is missing?\n      Think step by step before you answer.\n',
        line: 6,
      },
      {
        text: 'promptctl: 1\nmodel: openai/gpt-5\ntechnique: chain-of-thought\nmessages:\n  - role: user\n    content: Which clause is missing?\n',
        line: 3,
      },
    ],
    good: [
      { text: 'model: openai/gpt-4o\nmessages:\n  - role: user\n    content: Think step by step before you answer.\n' },
      {
        text: 'model: openai/o4-mini\nmessages:\n  - role: user\n    content: A text on how to build a thing step by step is judged by its order.\n',
      },
    ],
  },
  check: (context) => {
    const { prompt, report } = context;
    const effort = prompt.parameters.reasoningEffort;
    if (effort === 'none' || effort === 'minimal' || !modelOf(context)?.reasoning) return;
    const help = 'take it out, and set modelParameters.reasoningEffort where more or less thought is wanted';
    if (prompt.technique === 'chain-of-thought')
      report({
        message: `\`${prompt.model}\` thinks by itself; chain-of-thought adds nothing`,
        help,
        at: { pointer: '/technique' },
      });
    const said = askedToThink(context);
    if (said)
      report({
        message: `\`${prompt.model}\` thinks by itself; “${said.phrase}” makes it do so twice`,
        help,
        at: said.place,
      });
  },
});
