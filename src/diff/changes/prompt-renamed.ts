import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';

export const promptRenamed: ChangeKind = {
  kind: 'prompt-renamed',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a prompt has another id and answers to the former one',
  reason: 'The former id stands under `aliases`, so applications that ask for it get the same prompt.',
  examples: [example('with an alias', 'id: triage', 'id: support/triage\naliases: [triage]')],
  detect: inBoth(({ old, new: now }) => {
    const from = old.json.id;
    const to = now.json.id;
    if (from === to) return [];
    return [{ path: '/id', message: `\`${from}\` is now \`${to}\`, which answers to both`, old: from, new: to }];
  }),
};
