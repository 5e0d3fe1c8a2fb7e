import { type ChangeKind, inBoth } from '../kind.ts';
import { variablePath, variablesOnlyIn } from '../variables.ts';
import { example } from './example.ts';

export const variableRequiredAdded: ChangeKind = {
  kind: 'variable-required-added',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a new variable must be given',
  reason: 'Callers do not give it yet, so every render fails.',
  examples: [
    example(
      'a required variable',
      '',
      'variables:\n  ticket: { type: string, maxLength: 2000, trust: user }\n  product: { type: string, trust: trusted }',
    ),
  ],
  detect: inBoth((pair) =>
    variablesOnlyIn('new', pair)
      .filter(([, { required }]) => required)
      .map(([name]) => ({
        path: variablePath(name),
        message: `the new variable \`${name}\` must be given; callers don't give it yet`,
        new: name,
      })),
  ),
};
