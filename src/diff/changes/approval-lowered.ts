import { type ChangeKind, inBoth } from '../kind.ts';
import { sharedTools } from '../tools.ts';
import { SEARCH, toolExample } from './tool-example.ts';

const RANK = { auto: 0, confirm: 1, deny: 2 };

export const approvalLowered: ChangeKind = {
  kind: 'approval-lowered',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  security: true,
  summary: 'a tool is called with less asking',
  reason:
    'Calls that a person had to let through happen by themselves: deny > confirm > auto. Undeclared counts as auto.',
  examples: [
    toolExample(
      'no confirmation any more',
      SEARCH.replace('effect: read', 'effect: write, approval: confirm'),
      SEARCH.replace('effect: read', 'effect: write'),
    ),
  ],
  detect: inBoth((pair) =>
    sharedTools(pair)
      .filter(({ old, new: now }) => RANK[now.approval ?? 'auto'] < RANK[old.approval ?? 'auto'])
      .map(({ name, path, old, new: now }) => ({
        path: `${path}/approval`,
        message: `\`${name}\` is called with ${now.approval ?? 'auto'}, not ${old.approval}`,
        old: old.approval ?? null,
        new: now.approval ?? null,
      })),
  ),
};
