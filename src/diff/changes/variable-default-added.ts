import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableDefaultAdded: ChangeKind = {
  kind: 'variable-default-added',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a variable has a default now',
  reason: 'Callers that give it are served as before; others may leave it out.',
  examples: [
    example(
      'a default',
      'variables:\n  ticket: { type: string, trust: user }\n  locale: { type: string, trust: trusted }',
      'variables:\n  ticket: { type: string, trust: user }\n  locale: { type: string, trust: trusted, default: en }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter(({ old, new: now }) => old.default === undefined && now.default !== undefined)
      .map(({ name, path, new: now }) => ({
        path: `${path}/default`,
        message: `\`${name}\` is ${now.default} where it is left out`,
        new: now.default,
      })),
  ),
};
