import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableBecameOptional: ChangeKind = {
  kind: 'variable-became-optional',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a required variable may be left out now',
  reason: 'Callers that give it are served as before.',
  examples: [
    example(
      'optional now',
      'variables:\n  ticket: { type: string, trust: user }',
      'variables:\n  ticket: { type: string, trust: user, optional: true }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter(({ old, new: now }) => old.required && !now.required && now.default === undefined)
      .map(({ name, path }) => ({ path, message: `\`${name}\` may be left out now` })),
  ),
};
