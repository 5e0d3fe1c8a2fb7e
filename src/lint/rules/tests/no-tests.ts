import { promptRule, type Rule } from '../../rule.ts';
import { absence, lacksList } from '../absence.ts';

export const noTests: Rule = promptRule({
  id: 'tests/no-tests',
  severity: 'info',
  preset: 'all',
  summary: 'A prompt without test rows.',
  why: 'Without rows no change of the prompt, or of the model, can be measured. Three of the inputs that went wrong before are a good beginning.',
  examples: {
    bad: [
      { text: 'name: Support triage\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'name: Support triage\nmessages:\n  - role: user\n    content: Hello\ntestData: []\n', line: 5 },
    ],
    good: [
      { text: 'messages:\n  - role: user\n    content: "{{ticket}}"\ntestData:\n  - { ticket: It crashes }\n' },
      { text: 'messages:\n  - role: user\n    content: Hello\ntests: ./triage.cases.jsonl\n' },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    if (prompt.testsFile !== undefined || !lacksList(yaml, 'testData')) return;
    report({
      message: 'The prompt has no test rows',
      help: 'add `testData:`, or name a file of rows with `tests:`',
      at: absence(yaml, 'testData'),
    });
  },
});
