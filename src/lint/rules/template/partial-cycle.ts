import { type Rule, readingRule } from '../../rule.ts';

export const partialCycle: Rule = readingRule({
  id: 'template/partial-cycle',
  severity: 'error',
  preset: 'minimal',
  summary: 'Partials that include each other without end.',
  why: 'Partials are inlined when a prompt is compiled. One that leads back to itself has no text; more than 32 levels are taken for the same mistake. It is told at the include in the prompt that leads there.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> loop}}"\n',
        files: { 'prompts/loop.partial.txt': 'Again. {{> loop}}', 'promptctl.yaml': 'root: prompts\n' },
        line: 4,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> sales}}"\n',
        files: {
          'prompts/sales.partial.md': '{{> terms}}\n',
          'prompts/terms.partial.md': '{{> sales}}\n',
          'promptctl.yaml': 'root: prompts\n',
        },
        line: 4,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: "{{> tone}} {{> tone}}"\n',
        files: { 'prompts/tone.partial.md': 'Be brief.\n', 'promptctl.yaml': 'root: prompts\n' },
      },
    ],
  },
});
