import { type ChangeKind, inBoth } from '../kind.ts';
import { textChanges } from '../texts.ts';
import { example } from './example.ts';

export const textChanged: ChangeKind = {
  kind: 'text-changed',
  category: 'BEHAVIOR',
  level: 'patch',
  severity: 'safe',
  summary: "a message's own text changed",
  reason: 'The model reads something else; what goes in and comes out keeps its shape.',
  examples: [
    example(
      'a word',
      'messages:\n  - { role: system, content: Sort the ticket for our team. }\n  - { role: user, content: "{{ticket}}" }',
      'messages:\n  - { role: system, content: Sort the ticket for the billing team. }\n  - { role: user, content: "{{ticket}}" }',
    ),
  ],
  detect: inBoth((pair) =>
    textChanges(pair)
      .filter(({ isOwn }) => isOwn)
      .map(({ path, name, old, new: now }) => ({ path, message: `text of the ${name} message`, old, new: now })),
  ),
};
