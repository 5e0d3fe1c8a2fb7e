import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableTrustRaised: ChangeKind = {
  kind: 'variable-trust-raised',
  category: 'CONTRACT',
  level: 'patch',
  severity: 'safe',
  summary: 'a variable is trusted now, or its text comes from elsewhere',
  reason: 'Callers give the same values. A fence around them goes with the distrust, so check who writes them.',
  examples: [
    example(
      'from user to trusted',
      'variables:\n  ticket: { type: string, trust: user }',
      'variables:\n  ticket: { type: string, trust: trusted }',
    ),
    example(
      'sideways',
      'variables:\n  ticket: { type: string, trust: user }',
      'variables:\n  ticket: { type: string, trust: retrieved }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter(({ old, new: now }) => old.trust !== 'trusted' && old.trust !== now.trust)
      .map(({ name, path, old, new: now }) => ({
        path: `${path}/trust`,
        message:
          now.trust === 'trusted'
            ? `\`${name}\` counts as written by your own code now, and is not fenced`
            : `\`${name}\` comes from ${now.trust}, not from ${old.trust}`,
        old: old.trust,
        new: now.trust,
      })),
  ),
};
