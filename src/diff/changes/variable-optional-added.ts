import { type ChangeKind, inBoth } from '../kind.ts';
import { variablePath, variablesOnlyIn } from '../variables.ts';
import { example } from './example.ts';

export const variableOptionalAdded: ChangeKind = {
  kind: 'variable-optional-added',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a new variable may be given',
  reason: 'Callers that do not know it render as before.',
  examples: [
    example(
      'with a default',
      '',
      'variables:\n  ticket: { type: string, maxLength: 2000, trust: user }\n  locale: { type: string, default: en, trust: trusted }',
    ),
  ],
  detect: inBoth((pair) =>
    variablesOnlyIn('new', pair)
      .filter(([, { required }]) => !required)
      .map(([name]) => ({ path: variablePath(name), message: `\`${name}\` may be given now`, new: name })),
  ),
};
