import { type ChangeKind, inBoth } from '../kind.ts';
import { spoken } from '../output.ts';
import { perTool } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolArgumentAdded: ChangeKind = {
  kind: 'tool-argument-added',
  category: 'IO',
  level: 'major',
  severity: 'dangerous',
  summary: 'a tool has a new argument',
  reason:
    'Where the model must give it, the call means something that the application does not do yet; an optional one is minor.',
  examples: [
    toolExample(
      'a required argument',
      SEARCH,
      SEARCH.replace('[query]', '[query, product]').replace(
        'properties: {',
        'properties: { product: { type: string },',
      ),
    ),
  ],
  detect: inBoth((pair) =>
    perTool(pair, ({ name, path }, { facts }) =>
      facts.added.map(({ path: at, required }) => ({
        path: `${path}/parameters${at}`,
        message: `\`${name}\` ${required ? 'is always' : 'may be'} called with a new argument ${spoken(at)}`,
        new: at,
        ...(required ? {} : { level: 'minor' as const, severity: 'safe' as const }),
      })),
    ),
  ),
};
