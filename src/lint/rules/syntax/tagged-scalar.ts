import { type Rule, readingRule } from '../../rule.ts';

export const taggedScalar: Rule = readingRule({
  id: 'syntax/tagged-scalar',
  severity: 'error',
  preset: 'minimal',
  summary: 'Text that begins with `!`, which YAML reads as a tag.',
  why: '`content: !Important answer briefly` gives the model "answer briefly": the first word is a type tag to YAML. A word alone leaves nothing at all.',
  fixable: 'safe',
  fixChanges: 'the text has its first word again',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: !Important answer briefly\n', line: 3 },
      { text: 'description: !draft\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
    ],
    good: [{ text: 'messages:\n  - role: user\n    content: "!Important: answer briefly"\n' }],
  },
});
