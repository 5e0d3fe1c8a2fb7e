import type { Rule } from '../../rule.ts';

/** The engine itself reports these, once the other rules have spoken; here is what is said of them. */
export const unused: Rule = {
  id: 'suppression/unused',
  severity: 'warning',
  preset: 'all',
  summary: 'A suppression that quiets nothing, or names no rule, or gives no reason.',
  why: 'A suppression that is left behind will quiet the next finding of its rule, which nobody has looked at.',
  examples: {
    bad: [
      {
        text: '# promptctl-disable schema/model-unknown -- our own server\nmodel: openai/gpt-4o\nmessages:\n  - role: user\n    content: Hello\n',
        line: 1,
      },
      {
        text: 'model: openai/gpt-4o\nmessages:\n  # promptctl-disable-next-line messages/empty-contents -- filled in later\n  - role: user\n    content: Hello\n',
        line: 3,
      },
    ],
    good: [
      {
        text: '# promptctl-disable schema/model-missing -- the application chooses\nmessages:\n  - role: user\n    content: Hello\n',
      },
    ],
  },
  check: () => {},
};
