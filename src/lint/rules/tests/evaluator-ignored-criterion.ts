import { member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';

/** In the order in which GitHub's runner looks at them: the first that is not empty counts (github/gh-models, cmd/eval/eval.go). */
const CRITERIA = ['equals', 'contains', 'startsWith', 'endsWith'];

export const evaluatorIgnoredCriterion: Rule = promptRule({
  id: 'tests/evaluator-ignored-criterion',
  severity: 'info',
  githubSeverity: 'warning',
  preset: 'recommended',
  summary: 'A second criterion of a string evaluator, which GitHub’s runner passes over.',
  why: '`gh models eval` looks at one criterion of a string evaluator and forgets the rest, so the same file is judged more strictly here than there.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: source\n    string:\n      contains: FROM\n      startsWith: SELECT\n',
        line: 8,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: source\n    string: { endsWith: ".", equals: Hello. }\n',
        line: 7,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - { name: source, string: { contains: FROM } }\n  - { name: start, string: { startsWith: SELECT } }\n',
      },
    ],
  },
  check: ({ prompt, report }) => {
    for (const { spec, pointer } of prompt.evaluators) {
      const string = member(spec, 'string');
      const [counted, ...ignored] = CRITERIA.filter((criterion) => {
        const text = member(string, criterion);
        return typeof text === 'string' && text !== '';
      });
      for (const criterion of ignored) {
        report({
          message: `GitHub’s runner looks at \`${counted}\` alone and passes over \`${criterion}\``,
          help: 'make it an evaluator of its own',
          at: { pointer: `${pointer}/string/${criterion}`, part: 'key' },
        });
      }
    }
  },
});
