import { promptRule, type Rule } from '../../rule.ts';
import { absence, lacksList } from '../absence.ts';
import { rowsOf } from './rows.ts';

export const noEvaluators: Rule = promptRule({
  id: 'tests/no-evaluators',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Test rows that nothing judges.',
  why: 'The rows are sent and paid for, and every answer passes.',
  examples: {
    bad: [
      {
        text: 'name: Reply\nmessages:\n  - role: user\n    content: "{{question}}"\ntestData:\n  - { question: When is breakfast? }\n',
        line: 1,
      },
      {
        text: 'name: Reply\nmessages:\n  - role: user\n    content: "{{question}}"\ntestData:\n  - { question: When is breakfast? }\nevaluators: []\n',
        line: 7,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: "{{question}}"\ntestData:\n  - { question: When is breakfast? }\nevaluators:\n  - { name: hour, string: { contains: "7" } }\n',
      },
      { text: 'messages:\n  - role: user\n    content: "{{question}}"\n' },
    ],
  },
  check: (context) => {
    const { yaml, report } = context;
    if (!lacksList(yaml, 'evaluators')) return;
    const { rows } = rowsOf(context);
    if (rows.length === 0 || rows.some(({ values }) => values['$evaluators'] !== undefined)) return;
    report({
      message: `${rows.length === 1 ? 'One test row' : `${rows.length} test rows`}, and no evaluator judges ${rows.length === 1 ? 'it' : 'them'}`,
      help: 'begin with `string: { contains: "{{expected}}" }`',
      at: absence(yaml, 'evaluators'),
    });
  },
});
