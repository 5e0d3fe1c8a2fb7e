import { type Rule, readingRule } from '../../rule.ts';

export const commentCutText: Rule = readingRule({
  id: 'syntax/comment-cut-text',
  severity: 'error',
  preset: 'minimal',
  summary: 'Text without quotes that ends at ` #`.',
  why: 'In plain text a blank and a `#` begin a comment. What follows, a channel name, an issue number or a placeholder, never reaches the model, and the file looks as if it did. A note to readers, with a blank behind its `#`, is left alone.',
  fixable: 'safe',
  fixChanges: 'the text goes on to its end',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: Answer in the channel #support and nowhere else.\n', line: 3 },
      {
        text: 'description: Answers questions from #ask-people\nmessages:\n  - role: user\n    content: Hello\n',
        line: 1,
      },
    ],
    good: [
      { text: 'messages:\n  - role: user\n    content: "Answer in the channel #support."\n' },
      { text: 'model: openai/gpt-4o # the cheap one is too slow\nmessages:\n  - role: user\n    content: Write C#\n' },
    ],
  },
});
