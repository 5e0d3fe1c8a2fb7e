import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableDefaultRemoved: ChangeKind = {
  kind: 'variable-default-removed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a variable lost its default',
  reason: 'Callers that relied on it are refused, or render without it.',
  examples: [
    example(
      'no default any more',
      'variables:\n  ticket: { type: string, trust: user }\n  locale: { type: string, trust: trusted, default: en }',
      'variables:\n  ticket: { type: string, trust: user }\n  locale: { type: string, trust: trusted }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter(({ old, new: now }) => old.default !== undefined && now.default === undefined)
      .map(({ name, path, old, new: now }) => ({
        path: `${path}/default`,
        message: `\`${name}\` was ${old.default} where it was left out; ${now.required ? 'it must be given now' : 'it is absent now'}`,
        old: old.default,
      })),
  ),
};
