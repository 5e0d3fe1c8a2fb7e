import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedVariables } from '../variables.ts';
import { example } from './example.ts';

export const variableDefaultChanged: ChangeKind = {
  kind: 'variable-default-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'dangerous',
  summary: 'a variable has another default',
  reason: 'Nobody is refused, but callers that leave it out get another text without asking for it.',
  examples: [
    example(
      'another language',
      'variables:\n  ticket: { type: string, trust: user }\n  locale: { type: string, trust: trusted, default: en }',
      'variables:\n  ticket: { type: string, trust: user }\n  locale: { type: string, trust: trusted, default: de }',
    ),
  ],
  detect: inBoth((pair) =>
    sharedVariables(pair)
      .filter(({ old, new: now }) => ![old.default, now.default].includes(undefined) && old.default !== now.default)
      .map(({ name, path, old, new: now }) => ({
        path: `${path}/default`,
        message: `where \`${name}\` is left out it is ${now.default}, not ${old.default}`,
        old: old.default,
        new: now.default,
      })),
  ),
};
