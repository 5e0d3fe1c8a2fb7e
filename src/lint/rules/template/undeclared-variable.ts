import { type Rule, readingRule } from '../../rule.ts';

export const undeclaredVariable: Rule = readingRule({
  id: 'template/undeclared-variable',
  severity: 'error',
  preset: 'minimal',
  summary: 'A variable that the prompt does not declare.',
  why: 'What is declared is what an application has to pass, typed and checked. A placeholder beside it would be empty at every call; mostly it is a misspelling.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { locale: en }\nmessages:\n  - role: user\n    content: "Answer in {{local}}."\n',
        line: 5,
      },
      {
        text: 'promptctl: 1\nvariables: { ticket: { type: string } }\nmessages:\n  - role: user\n    content: |\n      {{ticket}}\n      {{#if urgent}}At once.{{/if}}\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: |\n      Hello\n      {{> region}}\n',
        files: { 'prompts/region.partial.md': 'Tickets from {{region}}\n', 'promptctl.yaml': 'root: prompts\n' },
        line: 6,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { rules: { type: array, items: { type: string } } }\nmessages:\n  - role: user\n    content: "{{#each rules}}{{@index}} {{this}}{{/each}}"\n',
      },
      { text: 'messages:\n  - role: user\n    content: "{{anything}}"\n' },
    ],
  },
});
