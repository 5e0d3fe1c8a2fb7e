import { nearest } from '../../../runtime/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { EVALUATOR_IDS, hasKind, isEvaluator } from './evaluators.ts';

const KNOWN_KEYS = new Set(['name', 'with', 'string', 'llm', 'uses']);

export const evaluatorUnknown: Rule = promptRule({
  id: 'tests/evaluator-unknown',
  severity: 'error',
  preset: 'recommended',
  summary: 'An evaluator of no known kind.',
  why: '`gh models eval` stops at it, and so does `promptctl eval`: none of the prompt’s tests run. Known are `string` and `llm`, `github/similarity` and its kin, and the `promptctl/` evaluators of docs/metrics.md and docs/eval.md.',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: valid\n    json: {}\n', line: 6 },
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: close\n    uses: promptctl/chfr\n',
        line: 6,
      },
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: grounded\n    uses: acme/groundedness\n',
        line: 6,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - { name: fluent, uses: github/fluency }\n  - { name: close, uses: promptctl/chrf }\n  - { name: word, string: { contains: hello } }\n',
      },
    ],
  },
  check: ({ prompt, report }) => {
    for (const { spec, uses, pointer } of prompt.evaluators) {
      if (!hasKind(spec)) {
        const stray = Object.keys(spec).find((key) => !KNOWN_KEYS.has(key));
        report({
          message: stray === undefined ? 'This evaluator judges nothing' : `\`${stray}\` is no kind of evaluator`,
          help: 'write `string`, `llm`, or `uses` with the id of an evaluator',
          at:
            stray === undefined
              ? { pointer }
              : { pointer: `${pointer}/${stray.replaceAll('~', '~0').replaceAll('/', '~1')}`, part: 'key' },
        });
      } else if (uses !== undefined && !isEvaluator(uses)) {
        const near = nearest(uses, EVALUATOR_IDS) ?? nearest(uses.replace(/^[^/]*\//, 'promptctl/'), EVALUATOR_IDS);
        report({
          message: `There is no evaluator \`${uses}\``,
          help: near ? `did you mean \`${near}\`?` : 'code of your own runs by `uses: promptctl/javascript`',
          at: { pointer: `${pointer}/uses` },
        });
      }
    }
  },
});
