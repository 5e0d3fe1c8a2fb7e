import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableBecameRequired: ChangeKind = {
  kind: 'variable-became-required',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'an optional variable must be given now',
  reason: 'Callers that leave it out are refused.',
  examples: [
    example(
      'no longer optional',
      'variables:\n  ticket: { type: string, trust: user, optional: true }',
      'variables:\n  ticket: { type: string, trust: user }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter(({ old, new: now }) => !old.required && now.required && old.default === undefined)
      .map(({ name, path }) => ({ path, message: `\`${name}\` was optional and must be given now` })),
  ),
};
