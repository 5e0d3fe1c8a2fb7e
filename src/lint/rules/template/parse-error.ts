import { type Rule, readingRule } from '../../rule.ts';

export const parseError: Rule = readingRule({
  id: 'template/parse-error',
  severity: 'error',
  preset: 'minimal',
  summary: 'A template that does not parse.',
  why: 'A block that is never closed, or braces that are, can’t be rendered. Nothing of the prompt is compiled until it is mended.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { urgent: { type: boolean } }\nmessages:\n  - role: user\n    content: |\n      Sort it.\n      {{#if urgent}}\n      It is urgent.\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nvariables: { ticket: { type: string } }\nmessages:\n  - role: user\n    content: "Sort {{ticket)"\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { urgent: { type: boolean } }\nmessages:\n  - role: user\n    content: |\n      {{#if urgent}}\n      It is urgent.\n      {{/if}}\n      Write \\{{name}} for a name. {{! not for the model }}\n',
      },
      { text: 'messages:\n  - role: user\n    content: Explain {{#if x}} in Handlebars\n' },
    ],
  },
});
