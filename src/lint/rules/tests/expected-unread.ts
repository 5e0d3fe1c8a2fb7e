import { promptRule, type Rule } from '../../rule.ts';
import { keysRead } from './evaluators.ts';
import { rowsOf } from './rows.ts';

export const expectedUnread: Rule = promptRule({
  id: 'tests/expected-unread',
  severity: 'warning',
  preset: 'recommended',
  summary: 'Expected answers that no evaluator reads.',
  why: 'Somebody wrote down the right answers, and the tests pass whatever the model says.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: "{{query}}"\ntestData:\n  - query: cheap lamp\n    expected: lamp\nevaluators:\n  - { name: fluent, uses: github/fluency }\n',
        line: 6,
      },
      {
        text: 'promptctl: 1\nvariables: { query: { type: string } }\nmessages:\n  - role: user\n    content: "{{query}}"\ntestData:\n  - { query: cheap lamp, expected: lamp }\nevaluators:\n  - { name: shape, uses: promptctl/json-schema }\n',
        line: 7,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: "{{query}}"\ntestData:\n  - { query: cheap lamp, expected: lamp }\nevaluators:\n  - { name: same, uses: github/similarity }\n',
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{query}}"\ntestData:\n  - { query: cheap lamp, expected: lamp }\nevaluators:\n  - { name: word, string: { contains: "{{ expected }}" } }\n',
      },
    ],
  },
  check: (context) => {
    const { prompt, report } = context;
    // Without any evaluator that is the finding; a prompt may grade by it itself.
    if (prompt.evaluators.length === 0 || prompt.variables.has('expected')) return;
    const read = keysRead(prompt);
    if (read.has('expected') || read.has('*')) return;
    const rows = rowsOf(context).rows.filter(({ values }) => Object.hasOwn(values, 'expected'));
    const [first] = rows;
    if (!first) return;
    report({
      message: `No evaluator reads \`expected\`${rows.length > 1 ? `, which ${rows.length} rows give` : ''}`,
      help: 'compare with it, as in `string: { contains: "{{expected}}" }`',
      at: first.placeOf('expected'),
    });
  },
});
