import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeValues, sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableNarrowed: ChangeKind = {
  kind: 'variable-narrowed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a variable takes fewer values',
  reason: 'A value that callers may give today is refused: the report prints one.',
  examples: [
    example(
      'a value of an enum is gone',
      'variables:\n  ticket: { type: string, trust: user }\n  product: { type: string, enum: [app, billing], trust: trusted }',
      'variables:\n  ticket: { type: string, trust: user }\n  product: { type: string, enum: [app], trust: trusted }',
    ),
    example(
      'a lower limit of tokens',
      'variables:\n  ticket: { type: string, maxTokens: 2000, trust: user }',
      'variables:\n  ticket: { type: string, maxTokens: 500, trust: user }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair).flatMap((variable) => {
      const verdict = judgeValues(pair, variable);
      if (verdict.is !== 'narrowed') return [];
      const { name, path, old, new: now } = variable;
      return [
        {
          path,
          message: `\`${name}\` takes fewer values: ${verdict.why}`,
          old: old.schema,
          new: now.schema,
          ...('witness' in verdict ? { witness: verdict.witness } : {}),
        },
      ];
    }),
  ),
};
