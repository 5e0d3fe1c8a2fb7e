import { type Rule, readingRule } from '../../rule.ts';

export const partialMissing: Rule = readingRule({
  id: 'template/partial-missing',
  severity: 'error',
  preset: 'minimal',
  summary: 'A partial that is not there.',
  why: 'The text that several prompts share, often the rules that keep them safe, would be missing from this one.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> policies/tone}}"\n',
        files: { 'prompts/policy/tone.partial.md': 'Be brief.\n', 'promptctl.yaml': 'root: prompts\n' },
        line: 4,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> policy/tone.partial.md}}"\n',
        files: { 'prompts/policy/tone.partial.md': 'Be brief.\n', 'promptctl.yaml': 'root: prompts\n' },
        line: 4,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> policy/tone}} {{!-- {{> policy/gone}} --}}"\n',
        files: { 'prompts/policy/tone.partial.md': 'Be brief.\n', 'promptctl.yaml': 'root: prompts\n' },
      },
    ],
  },
});
