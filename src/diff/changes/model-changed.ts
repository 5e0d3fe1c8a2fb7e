import { type ChangeKind, inBoth } from '../kind.ts';
import { publisherOf } from '../publisher.ts';
import { example } from './example.ts';

export const modelChanged: ChangeKind = {
  kind: 'model-changed',
  category: 'CONTRACT',
  level: 'minor',
  severity: 'dangerous',
  summary: 'another model of the same provider answers',
  reason: 'The request is the same; what the answers are like must be measured, not guessed.',
  examples: [example('a larger model', 'model: openai/gpt-4o-mini', 'model: openai/gpt-4o')],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.model;
    const after = now.json.model;
    if (after === undefined || before === after) return [];
    if (before !== undefined && publisherOf(before) !== publisherOf(after)) return [];
    const was = before === undefined ? 'no model was named before' : `not ${before}`;
    return [{ path: '/model', message: `the model is ${after}, ${was}`, old: before ?? null, new: after }];
  }),
};
