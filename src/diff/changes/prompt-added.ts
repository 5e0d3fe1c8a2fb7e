import type { ChangeKind } from '../kind.ts';
import { promptText } from './example.ts';

export const promptAdded: ChangeKind = {
  kind: 'prompt-added',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a prompt is new',
  reason: 'Applications can use what was not there before; nothing that they use changed.',
  examples: [{ name: 'a new file', new: promptText('') }],
  detect: ({ old, new: now, unreadBefore }) =>
    old || !now || unreadBefore ? [] : [{ path: '', message: `\`${now.json.id}\` is new`, new: now.json.id }],
};
