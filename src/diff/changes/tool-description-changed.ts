import { type ChangeKind, inBoth } from '../kind.ts';
import { perTool, sharedTools } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

export const toolDescriptionChanged: ChangeKind = {
  kind: 'tool-description-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'what the model reads about a tool changed',
  reason: 'Descriptions, the words of a schema and the order of the tools are text to the model.',
  examples: [
    toolExample('another description', SEARCH, SEARCH.replace('Searches the articles.', 'Finds help articles.')),
    toolExample('another order', `${SEARCH}, { name: close }`, `{ name: close }, ${SEARCH}`),
  ],
  detect: inBoth((pair) => {
    const words = perTool(pair, ({ name, path, old, new: now }, verdict) => {
      const isReworded =
        old.description !== now.description ||
        (verdict.verdict === 'compatible' && verdict.isSame && old.parameters !== now.parameters);
      return isReworded
        ? [
            {
              path: `${path}/description`,
              message: `what the model reads about \`${name}\` changed`,
              old: old.description ?? null,
              new: now.description ?? null,
            },
          ]
        : [];
    });
    const shared = sharedTools(pair).map(({ name }) => name);
    const order = pair.new.json.tools.map(({ name }) => name).filter((name) => shared.includes(name));
    return order.join('\n') === shared.join('\n')
      ? words
      : [...words, { path: '/tools', message: 'the tools stand in another order', old: shared, new: order }];
  }),
};
