import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableTrustLowered: ChangeKind = {
  kind: 'variable-trust-lowered',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  security: true,
  summary: 'a trusted variable now holds text by others',
  reason: 'The prompt now lets text by others in where only your own code wrote before.',
  examples: [
    example(
      'from trusted to user',
      'variables:\n  ticket: { type: string, trust: trusted }',
      'variables:\n  ticket: { type: string, trust: user }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter(({ old, new: now }) => old.trust === 'trusted' && now.trust !== 'trusted')
      .map(({ name, path, old, new: now }) => ({
        path: `${path}/trust`,
        message: `\`${name}\` was written by your own code; now it holds text by others (${now.trust})`,
        old: old.trust,
        new: now.trust,
      })),
  ),
};
