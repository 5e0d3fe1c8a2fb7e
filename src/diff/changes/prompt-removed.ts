import type { ChangeKind } from '../kind.ts';
import { example, promptText } from './example.ts';

export const promptRemoved: ChangeKind = {
  kind: 'prompt-removed',
  category: 'IO',
  level: 'major',
  severity: 'breaking',
  summary: 'a prompt, or a former id of one, is gone',
  reason: 'An application that asks for the id gets an error.',
  examples: [
    { name: 'the file is deleted', old: promptText('') },
    { name: 'renamed without an alias', old: promptText('id: triage'), new: promptText('id: support/triage') },
    example('an alias is dropped', 'aliases: [triage]', ''),
  ],
  detect: ({ old, new: now }) => {
    if (!old) return [];
    const { id, aliases } = old.json;
    if (!now) return [{ path: '', message: `\`${id}\` is gone`, old: id }];
    const known = new Set([now.json.id, ...now.json.aliases]);
    return aliases
      .filter((alias) => !known.has(alias))
      .map((alias) => ({
        path: '/aliases',
        message: `nothing answers to the former id \`${alias}\` any more`,
        old: alias,
      }));
  },
};
