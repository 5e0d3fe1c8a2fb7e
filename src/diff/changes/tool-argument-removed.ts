import { type ChangeKind, inBoth } from '../kind.ts';
import { spoken, witnessFor } from '../output.ts';
import { perTool } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolArgumentRemoved: ChangeKind = {
  kind: 'tool-argument-removed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a tool is called without an argument that it had',
  reason: 'Where it was required, the application refuses the call; an optional one is minor.',
  examples: [
    toolExample(
      'a required argument',
      SEARCH.replace('[query]', '[query, product]').replace(
        'properties: {',
        'properties: { product: { type: string },',
      ),
      SEARCH,
    ),
  ],
  detect: inBoth((pair) =>
    perTool(pair, ({ name, path }, verdict) =>
      verdict.facts.removed.map(({ path: at, required }) => ({
        path: `${path}/parameters${at}`,
        message: `\`${name}\` is called without ${spoken(at)}`,
        old: at,
        ...(required ? {} : { level: 'minor' as const, severity: 'safe' as const }),
        ...witnessFor(verdict, 'removed', at),
      })),
    ),
  ),
};
