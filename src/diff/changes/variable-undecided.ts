import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeValues, sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableUndecided: ChangeKind = {
  kind: 'variable-undecided',
  category: 'IO',
  level: 'major',
  severity: 'dangerous',
  summary: 'whether a variable still takes every value could not be decided',
  reason: 'There is neither a proof nor a value that shows the contrary, so it counts as `compat.unknown` says.',
  examples: [
    example(
      'from a format to a pattern',
      'variables:\n  ticket: { type: string, format: email, trust: user }',
      'variables:\n  ticket: { type: string, pattern: "@.+[.]", trust: user }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair).flatMap((variable) => {
      const verdict = judgeValues(pair, variable);
      const { name, path, old, new: now } = variable;
      return verdict.is === 'undecided'
        ? [
            {
              path,
              message: `whether \`${name}\` still takes every value could not be decided: ${verdict.why}`,
              old: old.schema,
              new: now.schema,
              level: pair.compat.unknown,
            },
          ]
        : [];
    }),
  ),
};
