import { type Rule, readingRule } from '../../rule.ts';

export const lossyNumber: Rule = readingRule({
  id: 'syntax/lossy-number',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A whole number with more digits than a number keeps.',
  why: 'A number holds about 15 digits. An account or order number without quotes is rounded when the file is read, so a test asks about another one than it says.',
  fixable: 'unsafe',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: "{{order}}"\ntestData:\n  - order: 12345678901234567891\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{order}}"\ntestData:\n  - { order: 9007199254740993 }\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: "{{order}}"\ntestData:\n  - { order: "9007199254740993", year: 2026 }\n',
      },
    ],
  },
});
