import { type Rule, readingRule } from '../../rule.ts';

export const partialOutsideRoot: Rule = readingRule({
  id: 'template/partial-outside-root',
  severity: 'error',
  preset: 'minimal',
  summary: 'A partial whose path leads out of the root.',
  why: 'A template is data, and data may not choose which file of the machine is read into a prompt. Links are followed before the check.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> ../shared/names}}"\n',
        files: { 'shared/names.partial.md': 'Use first names.\n', 'promptctl.yaml': 'root: prompts\n' },
        line: 4,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> policy/../../secrets/names}}"\n',
        files: { 'secrets/names.partial.md': 'Use first names.\n', 'promptctl.yaml': 'root: prompts\n' },
        line: 4,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> drafts..old/names}}"\n',
        files: { 'prompts/drafts..old/names.partial.md': 'Use first names.\n', 'promptctl.yaml': 'root: prompts\n' },
      },
    ],
  },
});
