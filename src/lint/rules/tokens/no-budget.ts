import { promptRule, type Rule } from '../../rule.ts';
import { absence } from '../absence.ts';

export const noBudget: Rule = promptRule({
  id: 'tokens/no-budget',
  severity: 'info',
  preset: 'all',
  owasp: 'LLM10:2025',
  summary: 'A prompt that may cost anything.',
  why: 'Prompts grow sentence by sentence, and nobody sees the bill of one commit. With a budget, the commit that doubles it fails.',
  unless: 'the prompt is an experiment.',
  examples: {
    bad: [
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\nbudget: {}\n', line: 5 },
    ],
    good: [
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\nbudget: { inputTokens: 50 }\n' },
      // A budget is no key of GitHub's format.
      { text: 'messages:\n  - role: user\n    content: Hello\n' },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    if (prompt.mode === 'github') return;
    const { inputTokens, outputTokens, costUsd } = prompt.budget ?? {};
    if (inputTokens !== undefined || outputTokens !== undefined || costUsd !== undefined) return;
    report({
      message: 'The prompt has no budget',
      help: '`promptctl tokens` shows what it takes now; write budget: { inputTokens, outputTokens, costUsd }',
      at: absence(yaml, 'budget'),
    });
  },
});
