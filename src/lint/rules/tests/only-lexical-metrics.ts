import { promptRule, type Rule } from '../../rule.ts';
import { isLexical, isMeasure } from './evaluators.ts';

export const onlyLexicalMetrics: Rule = promptRule({
  id: 'tests/only-lexical-metrics',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Tests judged by metrics of shared words alone.',
  why: 'BLEU, ROUGE and their kin count words in common. "The payment succeeded" and "the payment failed" share all but one, and a right answer in other words shares few.',
  unless: 'the wording itself is what is tested, as in a translation memory.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - { name: close, uses: promptctl/bleu }\n  - { name: recall, uses: promptctl/rouge-l }\n',
        line: 4,
      },
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - { name: close, uses: promptctl/chrf }\n  - { name: fast, uses: promptctl/latency }\n',
        line: 4,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - { name: close, uses: promptctl/bleu }\n  - { name: faithful, uses: promptctl/factuality }\n',
      },
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - { name: label, string: { equals: "{{expected}}" } }\n',
      },
    ],
  },
  check: ({ prompt, report }) => {
    const judging = prompt.evaluators.filter(({ uses }) => uses === undefined || !isMeasure(uses));
    if (judging.length === 0 || !judging.every(({ uses }) => uses !== undefined && isLexical(uses))) return;
    report({
      message: `Only metrics of shared words judge this prompt: ${judging.map(({ uses }) => uses!.replace('promptctl/', '')).join(', ')}`,
      help: 'add a check of facts, a judge such as promptctl/factuality, or a `string` criterion',
      at: { pointer: '/evaluators', part: 'key' },
    });
  },
});
