import { type Rule, readingRule } from '../../rule.ts';

export const unquotedPlaceholder: Rule = readingRule({
  id: 'syntax/unquoted-placeholder',
  severity: 'error',
  preset: 'minimal',
  summary: 'A value that begins with braces and has no quotes.',
  why: 'To YAML, `content: {{ticket}}` is a mapping inside a mapping and not text. The message is empty, or the file does not load; with words after the braces it never does.',
  fixable: 'safe',
  fixChanges: 'the message has its text',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: {{ticket}}\n', line: 3 },
      { text: 'messages:\n  - role: user\n    content: {{ticket}} is to be sorted.\n', line: 3 },
    ],
    good: [
      { text: 'messages:\n  - role: user\n    content: "{{ticket}}"\n' },
      { text: 'messages:\n  - role: user\n    content: Sort {{ticket}}\ntestData:\n  - { ticket: It crashes }\n' },
    ],
  },
});
