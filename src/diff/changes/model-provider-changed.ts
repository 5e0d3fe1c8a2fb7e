import { type ChangeKind, inBoth } from '../kind.ts';
import { publisherOf } from '../publisher.ts';
import { example } from './example.ts';

export const modelProviderChanged: ChangeKind = {
  kind: 'model-provider-changed',
  category: 'CONTRACT',
  level: 'major',
  severity: 'breaking',
  summary: 'the model is served by someone else, or by nobody named',
  reason: 'Applications need another key, another client and another contract for their data.',
  examples: [example('from OpenAI to Anthropic', 'model: openai/gpt-4o-mini', 'model: anthropic/claude-haiku-4-5')],
  detect: inBoth(({ old, new: now }) => {
    const before = old.json.model;
    const after = now.json.model;
    if (before === undefined || before === after) return [];
    if (after !== undefined && publisherOf(before) === publisherOf(after)) return [];
    return [
      {
        path: '/model',
        message: `the model is ${after ?? 'not named any more'}, not ${before}`,
        old: before,
        new: after ?? null,
      },
    ];
  }),
};
