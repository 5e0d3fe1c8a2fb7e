import { type Rule, readingRule } from '../../rule.ts';

export const variableInvalid: Rule = readingRule({
  id: 'schema/variable-invalid',
  severity: 'error',
  preset: 'minimal',
  summary: 'A declaration of a variable that can’t hold.',
  why: 'A variable is checked at every call. A name that the template can’t read, a default that its own schema refuses, or a keyword that the runtime does not check would be a promise that nobody keeps.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables:\n  2nd-ticket: { type: string }\nmessages:\n  - role: user\n    content: Hello\n',
        line: 3,
      },
      {
        text: 'promptctl: 1\nvariables:\n  plan: { type: string, enum: [free, pro], default: gold }\nmessages:\n  - role: user\n    content: "{{plan}}"\n',
        line: 3,
      },
      {
        text: 'promptctl: 1\nvariables:\n  plan: { type: string, trust: everybody }\nmessages:\n  - role: user\n    content: "{{plan}}"\n',
        line: 3,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables:\n  plan: { type: string, enum: [free, pro], default: free, trust: trusted }\n  locale: en\nmessages:\n  - role: user\n    content: "{{plan}} {{locale}}"\n',
      },
    ],
  },
});
