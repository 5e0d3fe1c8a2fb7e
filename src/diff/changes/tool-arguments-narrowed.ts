import { type ChangeKind, inBoth } from '../kind.ts';
import { perTool } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolArgumentsNarrowed: ChangeKind = {
  kind: 'tool-arguments-narrowed',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a tool is called with fewer things',
  reason: 'Every call of the new schema was possible before: that is proven.',
  examples: [toolExample('a shorter query', SEARCH, SEARCH.replace('200', '100'))],
  detect: inBoth((pair) =>
    perTool(pair, ({ name, path }, verdict) => {
      const { added, removed } = verdict.facts;
      const isNarrowed = verdict.verdict === 'compatible' && !verdict.isSame;
      return isNarrowed && added.length + removed.length === 0
        ? [{ path: `${path}/parameters`, message: `\`${name}\` is called with fewer things` }]
        : [];
    }),
  ),
};
