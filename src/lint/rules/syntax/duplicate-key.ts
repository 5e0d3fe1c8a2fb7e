import { type Rule, readingRule } from '../../rule.ts';

export const duplicateKey: Rule = readingRule({
  id: 'syntax/duplicate-key',
  severity: 'error',
  preset: 'minimal',
  summary: 'A key that stands twice in one mapping.',
  why: 'YAML forbids it, and readers differ: some refuse the file, some keep the first value, some the last. A second `content:` left over from a merge then decides, or does not, what the model is told.',
  examples: {
    bad: [
      {
        text: 'model: openai/gpt-4o\nmessages:\n  - role: user\n    content: Sort this ticket\nmodel: openai/gpt-4.1\n',
        line: 5,
      },
      {
        text: 'model: openai/gpt-4o\nmodelParameters: { temperature: 0, maxTokens: 9, temperature: 1 }\nmessages: []\n',
        line: 2,
      },
    ],
    good: [{ text: 'messages:\n  - role: user\n    content: Hello\n  - role: assistant\n    content: Good morning\n' }],
  },
});
