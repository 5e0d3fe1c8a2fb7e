import { type ChangeKind, inBoth } from '../kind.ts';
import { example } from './example.ts';
import { isReduced } from './parameters-changed.ts';

export const outputLimitReduced: ChangeKind = {
  kind: 'output-limit-reduced',
  category: 'CONTRACT',
  level: 'minor',
  severity: 'dangerous',
  summary: 'answers are cut off earlier',
  reason: 'An answer that was complete may end in the middle; whether any does must be measured.',
  examples: [
    example('a lower limit', 'modelParameters: { maxTokens: 300 }', 'modelParameters: { maxTokens: 100 }'),
    example('a limit where none was', '', 'modelParameters: { maxTokens: 100 }'),
  ],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.parameters.maxTokens;
    const after = now.json.parameters.maxTokens;
    if (!isReduced(before, after)) return [];
    const was = before === undefined ? 'without a limit before' : `not at ${before}`;
    return [
      {
        path: '/modelParameters/maxTokens',
        message: `answers are cut off at ${after} tokens, ${was}`,
        old: before ?? null,
        new: after,
      },
    ];
  }),
};
