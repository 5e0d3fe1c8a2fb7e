import { type Rule, readingRule } from '../../rule.ts';

export const unknownKey: Rule = readingRule({
  id: 'schema/unknown-key',
  severity: 'error',
  githubSeverity: 'warning',
  preset: 'minimal',
  summary: 'A key that the format does not have.',
  why: 'Nothing reads an unknown key: a misspelt `evaluator:` is a test that never runs, and nobody is told. A strict file refuses it; in github mode, where other tools may have their own keys, it is a warning.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmodle: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: Sort this ticket\n',
        line: 2,
      },
      {
        text: 'model: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: Sort this ticket\nevaluator: []\n',
        line: 5,
      },
    ],
    good: [
      { text: 'promptctl: 1\nmodel: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: Sort this ticket\n' },
    ],
  },
});
