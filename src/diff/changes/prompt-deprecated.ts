import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';

export const promptDeprecated: ChangeKind = {
  kind: 'prompt-deprecated',
  category: 'IO',
  level: 'minor',
  severity: 'safe',
  summary: 'a prompt is on its way out',
  reason: 'It works as before; who uses it should learn that it will go.',
  examples: [example('deprecated', '', 'stability: deprecated')],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.stability;
    const after = now.json.stability;
    return after === 'deprecated' && before !== after
      ? [{ path: '/stability', message: 'is deprecated now', old: before, new: after }]
      : [];
  }),
};
