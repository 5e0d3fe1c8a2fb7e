import { type ChangeKind, inBoth } from '../kind.ts';
import { judgeValues, sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableWidened: ChangeKind = {
  kind: 'variable-widened',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a variable takes more values',
  reason: 'Every value that callers give today is still taken: that is proven.',
  examples: [
    example(
      'a new value of an enum',
      'variables:\n  ticket: { type: string, trust: user }\n  product: { type: string, enum: [app], trust: trusted }',
      'variables:\n  ticket: { type: string, trust: user }\n  product: { type: string, enum: [app, billing], trust: trusted }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter((variable) => judgeValues(pair, variable).is === 'widened')
      .map(({ name, path, old, new: now }) => ({
        path,
        message: `\`${name}\` takes more values`,
        old: old.schema,
        new: now.schema,
      })),
  ),
};
