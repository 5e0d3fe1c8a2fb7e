import { type ChangeKind, inBoth } from '../kind.ts';
import { partialTexts, textChanges } from '../texts.ts';
import { example } from './example.ts';

const INCLUDES =
  'messages:\n  - { role: system, content: "Sort. {{> tone}}" }\n  - { role: user, content: "{{ticket}}" }';

export const partialChanged: ChangeKind = {
  kind: 'partial-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: 'a partial that the prompt includes changed',
  reason: 'Its text stands in this prompt, through however many others it is included, so this prompt changed too.',
  examples: [
    example('the partial alone', INCLUDES, INCLUDES, {
      old: { 'tone.partial.md': 'Be kind.' },
      new: { 'tone.partial.md': 'Be kind and short.' },
    }),
    example('through another partial', INCLUDES, INCLUDES, {
      old: { 'tone.partial.md': '{{> brand}}', 'brand.partial.md': 'We are Acme.' },
      new: { 'tone.partial.md': '{{> brand}}', 'brand.partial.md': 'We are Acme Ltd.' },
    }),
  ],
  detect: inBoth((pair) => {
    if (textChanges(pair).length === 0) return [];
    const before = partialTexts(pair, 'old');
    return [...partialTexts(pair, 'new')]
      .filter(([name, text]) => before.has(name) && before.get(name)!.key !== text.key)
      .map(([name, text]) => ({
        path: `/partials/${name}`,
        message: `the partial ${name} changed`,
        old: before.get(name)!.text,
        new: text.text,
      }));
  }),
};
