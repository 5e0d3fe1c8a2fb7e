import { type Rule, readingRule } from '../../rule.ts';

export const unknownHelper: Rule = readingRule({
  id: 'template/unknown-helper',
  severity: 'error',
  preset: 'minimal',
  summary: 'A helper or a block that the template language does not have.',
  why: 'The language is small so that a loader in any language renders the same bytes. A helper of another engine, `uppercase` or `lt`, has nothing that would run it: prepare the value in the application.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { product: { type: string } }\nmessages:\n  - role: user\n    content: "{{uppercase product}}"\n',
        line: 5,
      },
      {
        text: 'promptctl: 1\nvariables: { minutes: { type: integer } }\nmessages:\n  - role: user\n    content: "{{#if (lt minutes 20)}}No oven.{{/if}}"\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { plan: { type: string, trust: trusted } }\nmessages:\n  - role: user\n    content: "{{#if (or (eq plan \'pro\') (not plan))}}{{json plan}}{{/if}}"\n',
      },
    ],
  },
});
