import { type ChangeKind, inBoth } from '../kind.ts';
import { variablePath, variablesOnlyIn } from '../variables.ts';
import { example } from './example.ts';

const LOCALE =
  'variables:\n  ticket: { type: string, trust: user }\n  locale: { type: string, default: en, trust: trusted }';

export const variableRemoved: ChangeKind = {
  kind: 'variable-removed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a variable is gone',
  reason: 'Callers that still give it are refused. In github mode nothing is refused, so there it is minor.',
  examples: [example('an optional variable', LOCALE, 'variables:\n  ticket: { type: string, trust: user }')],
  detect: inBoth((pair) =>
    variablesOnlyIn('old', pair).map(([name]) => ({
      path: variablePath(name),
      message: `the variable \`${name}\` is gone`,
      old: name,
      ...(pair.old.json.mode === 'github' ? { level: 'minor' as const, severity: 'safe' as const } : {}),
    })),
  ),
};
