import { type ChangeKind, inBoth } from '../kind.ts';
import { perTool } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolArgumentsUndecided: ChangeKind = {
  kind: 'tool-arguments-undecided',
  category: 'IO',
  level: 'major',
  severity: 'dangerous',
  summary: 'whether a tool takes every call could not be decided',
  reason: 'There is neither a proof nor a call that shows the contrary, so it counts as `compat.unknown` says.',
  examples: [
    toolExample(
      'from a pattern to a format',
      SEARCH.replace('maxLength: 200', 'pattern: "@.+[.]"'),
      SEARCH.replace('maxLength: 200', 'format: email'),
    ),
  ],
  detect: inBoth((pair) =>
    perTool(pair, ({ name, path, old, new: now }, { verdict, why }) =>
      verdict === 'unknown' || verdict === 'invalid'
        ? [
            {
              path: `${path}/parameters`,
              message: `whether \`${name}\` takes every call could not be decided: ${why}`,
              level: verdict === 'invalid' ? 'major' : pair.compat.unknown,
              old: old.parameters,
              new: now.parameters,
            },
          ]
        : [],
    ),
  ),
};
