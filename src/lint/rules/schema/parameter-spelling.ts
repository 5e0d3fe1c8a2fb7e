import { type Rule, readingRule } from '../../rule.ts';

export const parameterSpelling: Rule = readingRule({
  id: 'schema/parameter-spelling',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A model parameter in another API’s spelling.',
  why: 'This format writes parameters in camelCase. `gh models` and most readers of it pass over `max_tokens` without a word, and the answer is as long, and as dear, as the model likes.',
  unless: 'the file is written for a reader of that spelling, such as the action github/ai-assessment-comment-labeler.',
  fixable: 'safe',
  fixChanges: 'the parameter is read',
  examples: {
    bad: [
      {
        text: 'modelParameters:\n  temperature: 0\n  max_tokens: 200\nmessages:\n  - role: user\n    content: Hello\n',
        line: 3,
      },
      {
        text: 'promptctl: 1\nmodelParameters: { top_p: 0.9 }\nmessages:\n  - role: user\n    content: Hello\n',
        line: 2,
      },
    ],
    good: [
      {
        text: 'modelParameters: { maxTokens: 200, topP: 0.9 }\nmessages:\n  - role: user\n    content: What does max_tokens do?\n',
      },
      { text: 'modelParameters: { maxCompletionTokens: 200 }\nmessages:\n  - role: user\n    content: Hello\n' },
    ],
  },
});
