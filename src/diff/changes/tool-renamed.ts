import { type ChangeKind, inBoth } from '../kind.ts';
import { renamedTools, toolPath } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolRenamed: ChangeKind = {
  kind: 'tool-renamed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a tool has another name',
  reason: 'The model calls it by the new name, which the application does not know.',
  examples: [toolExample('another name', SEARCH, SEARCH.replace('name: search', 'name: find'))],
  detect: inBoth((pair) =>
    renamedTools(pair).map(({ old, new: now }) => ({
      path: toolPath(old.name),
      message: `the tool \`${old.name}\` is called \`${now.name}\` now`,
      old: old.name,
      new: now.name,
    })),
  ),
};
