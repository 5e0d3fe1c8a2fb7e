import { type Rule, readingRule } from '../../rule.ts';

export const wrongType: Rule = readingRule({
  id: 'schema/wrong-type',
  severity: 'error',
  preset: 'minimal',
  summary: 'A value of another type than the format has there.',
  why: 'Readers in other languages stop at the file, or drop the value: `content: [..]` leaves the message out, `temperature: "0.3"` leaves the model at its own default.',
  examples: {
    bad: [
      { text: 'modelParameters: { temperature: "0.3" }\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'messages:\n  - role: user\n    content: ["Hello"]\n', line: 3 },
      { text: 'promptctl: 1\nname: 2026\nmessages:\n  - role: user\n    content: Hello\n', line: 2 },
    ],
    good: [
      { text: 'modelParameters: { temperature: 0.3 }\ndescription:\nmessages:\n  - role: user\n    content: "2026"\n' },
    ],
  },
});
