import { type Rule, readingRule } from '../../rule.ts';

export const notAPrompt: Rule = readingRule({
  id: 'syntax/not-a-prompt',
  severity: 'error',
  preset: 'minimal',
  summary: 'A file with the name of a prompt that holds something else.',
  why: 'Runners send nothing, or stop, for a file without `messages`. Mostly it is another tool’s prompt, or a file that was emptied and not removed.',
  unless: 'the files belong to another tool: then narrow `prompts:` in promptctl.yaml.',
  examples: {
    bad: [
      { text: 'template: Sort {{$input}}\ntemplate_format: semantic-kernel\n', line: 1 },
      { text: '- role: user\n  content: Hello\n', line: 1 },
      { text: '', line: 1 },
    ],
    good: [{ text: 'messages:\n  - role: user\n    content: Hello\n' }],
  },
});
