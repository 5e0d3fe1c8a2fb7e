import { type Rule, readingRule } from '../../rule.ts';

export const unreadable: Rule = readingRule({
  id: 'syntax/unreadable',
  severity: 'error',
  preset: 'minimal',
  summary: 'A prompt file that could not be read.',
  why: 'A link out of the repository, a missing right or a file over 4 MB would otherwise drop out of the run in silence, and the run would be green.',
  examples: {
    // No text shows it: the file is a link, lies behind a missing right, or is over 4 MB.
    bad: [],
    good: [{ text: 'messages:\n  - role: user\n    content: Hello\n' }],
  },
});
