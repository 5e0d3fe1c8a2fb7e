import { type ChangeKind, inBoth } from '../kind.ts';
import { renamedTools, toolPath, toolsOnlyIn } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolRemoved: ChangeKind = {
  kind: 'tool-removed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a tool is gone',
  reason: 'An application that registers it, or waits for its calls, is left with a tool that is never called.',
  examples: [toolExample('a tool less', SEARCH, '')],
  detect: inBoth((pair) => {
    const renamed = new Set(renamedTools(pair).map(({ old }) => old));
    return toolsOnlyIn('old', pair)
      .filter((tool) => !renamed.has(tool))
      .map(({ name }) => ({ path: toolPath(name), message: `the tool \`${name}\` is gone`, old: name }));
  }),
};
