import { type ChangeKind, type Found, inBoth } from '../kind.ts';
import { renamedTools, sharedTools, toolPath, toolsOnlyIn } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolAdded: ChangeKind = {
  kind: 'tool-added',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'the model may call a tool that applications do not know',
  reason:
    'A call that nobody answers ends the conversation. An optional tool, which applications may leave out, is minor.',
  examples: [
    toolExample('a new tool', '', SEARCH),
    toolExample('no longer optional', SEARCH.replace('effect', 'optional: true, effect'), SEARCH),
  ],
  detect: inBoth((pair) => {
    const renamed = new Set(renamedTools(pair).map(({ new: now }) => now));
    const added = toolsOnlyIn('new', pair)
      .filter((tool) => !renamed.has(tool))
      .map(({ name, optional }): Found => ({
        path: toolPath(name),
        message: optional
          ? `there is an optional tool \`${name}\` now`
          : `the model may call the new tool \`${name}\`, which applications don't know`,
        new: name,
        ...(optional ? { level: 'minor', severity: 'safe' } : {}),
      }));
    const needed = sharedTools(pair)
      .filter(({ old, new: now }) => old.optional === true && now.optional !== true)
      .map(({ name, path }) => ({
        path: `${path}/optional`,
        message: `the tool \`${name}\` may no longer be left out`,
        old: true,
        new: false,
      }));
    return [...added, ...needed];
  }),
};
