import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedTools } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

const RANK = { read: 0, write: 1, egress: 2, exec: 3 };

export const toolEffectRaised: ChangeKind = {
  kind: 'tool-effect-raised',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  security: true,
  summary: 'a call of a tool can do more, or no longer says what it can do',
  reason:
    'Text by others may make the model call it: read < write < egress < exec. An undeclared effect counts as read.',
  examples: [toolExample('from read to egress', SEARCH, SEARCH.replace('effect: read', 'effect: egress'))],
  detect: inBoth((pair) =>
    sharedTools(pair)
      .filter(({ old, new: now }) => {
        const isDropped = now.effect === undefined && old.effect !== undefined && old.effect !== 'read';
        return isDropped || RANK[now.effect ?? 'read'] > RANK[old.effect ?? 'read'];
      })
      .map(({ name, path, old, new: now }) => ({
        path: `${path}/effect`,
        message:
          now.effect === undefined
            ? `\`${name}\` no longer says that a call can ${old.effect}`
            : `a call of \`${name}\` can ${now.effect} now, not only ${old.effect ?? 'read'}`,
        old: old.effect ?? null,
        new: now.effect ?? null,
      })),
  ),
};
