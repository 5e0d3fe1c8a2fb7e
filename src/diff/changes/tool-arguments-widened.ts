import { type ChangeKind, inBoth } from '../kind.ts';
import { spoken, wideningFound, witnessFor } from '../output.ts';
import { perTool } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolArgumentsWidened: ChangeKind = {
  kind: 'tool-arguments-widened',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'the model may call a tool with arguments that it refuses',
  reason:
    'The model writes the arguments, so they follow the law of outputs: the report prints arguments that the old schema rejects.',
  examples: [toolExample('a longer query', SEARCH, SEARCH.replace('200', '2000'))],
  detect: inBoth((pair) =>
    perTool(pair, ({ name, path }, verdict) => {
      const words = `\`${name}\` may be called with arguments that the application refuses`;
      const enums = verdict.verdict === 'compatible' ? [] : verdict.facts.enumAdded;
      return [
        ...wideningFound(verdict, `${path}/parameters`, 'a call').map((found) => ({
          ...found,
          message: `${words}: ${found.message}`,
        })),
        ...enums.map(({ path: at, values }) => ({
          path: `${path}/parameters${at}`,
          message: `${words}: ${spoken(at)} has new values`,
          new: values,
          ...witnessFor(verdict, 'enum', at),
        })),
      ];
    }),
  ),
};
