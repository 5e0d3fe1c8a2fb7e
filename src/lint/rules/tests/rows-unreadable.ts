import { promptRule, type Rule } from '../../rule.ts';
import { rowsOf } from './rows.ts';

export const rowsUnreadable: Rule = promptRule({
  id: 'tests/rows-unreadable',
  severity: 'error',
  preset: 'recommended',
  summary: 'A file of test rows that is not there, or holds no rows.',
  why: 'The tests would run without the rows that most of them are in.',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: Hello\ntests: ./triage.cases.jsonl\n', line: 4 },
      {
        text: 'messages:\n  - role: user\n    content: Hello\ntests: ./triage.cases.jsonl\n',
        files: { 'prompts/support/triage.cases.jsonl': '{"ticket": "It crashes"}\n{"ticket": \n' },
        line: 4,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{ticket}}"\ntests: ./triage.cases.csv\n',
        files: { 'prompts/support/triage.cases.csv': 'ticket,expected\n' },
        line: 4,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: "{{ticket}}"\ntests: ./triage.cases.csv\n',
        files: { 'prompts/support/triage.cases.csv': 'ticket,expected\n"It crashes, often",bugs\n' },
      },
    ],
  },
  check: (context) => {
    const { trouble } = rowsOf(context);
    if (trouble === undefined) return;
    context.report({
      message: `The test rows \`${context.prompt.testsFile}\`: the file ${trouble}`,
      help:
        trouble === 'holds no rows'
          ? 'write at least one, or remove `tests:`'
          : 'the path is relative to the prompt file',
      at: { pointer: '/tests' },
    });
  },
});
