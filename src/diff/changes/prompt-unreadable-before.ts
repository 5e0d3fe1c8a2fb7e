import type { ChangeKind } from '../kind.ts';
import { promptText } from './example.ts';

export const promptUnreadableBefore: ChangeKind = {
  kind: 'prompt-unreadable-before',
  category: 'IO',
  level: 'major',
  severity: 'dangerous',
  summary: 'the old side of a prompt could not be read',
  reason: 'Nothing can be shown of what its callers relied on, so it counts as `compat.unknown` says.',
  examples: [{ name: 'broken YAML, mended', old: 'messages: [\n', new: promptText('') }],
  detect: ({ new: now, unreadBefore, compat }) =>
    now && unreadBefore
      ? [{ path: '', message: `could not be read on the old side: ${unreadBefore.message}`, level: compat.unknown }]
      : [],
};
