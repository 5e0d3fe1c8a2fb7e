import { type ChangeKind, inBoth } from '../kind.ts';
import { structureOf } from '../texts.ts';
import { example } from './example.ts';

export const roleStructureChanged: ChangeKind = {
  kind: 'role-structure-changed',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  summary: 'the conversation has other turns',
  reason:
    'Runtimes split and cache a request by its roles, and put histories between them. Pairs that show an answer are examples, not turns.',
  examples: [
    example('no system message any more', '', 'messages:\n  - { role: user, content: "Sort the ticket. {{ticket}}" }'),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = structureOf(old.json.messages);
    const after = structureOf(now.json.messages);
    if (before.join('\n') === after.join('\n')) return [];
    const message = `the turns are ${after.join(', ') || 'none'}, not ${before.join(', ') || 'none'}`;
    return [{ path: '/messages', message, old: before, new: after }];
  }),
};
