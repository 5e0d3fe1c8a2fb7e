import { promptRule, type Rule } from '../../rule.ts';
import { isClosed, untrustedValues } from './untrusted-values.ts';
import { staticFence as fenceAround } from './static-fences.ts';

export const staticFence: Rule = promptRule({
  id: 'security/static-fence',
  severity: 'warning',
  githubSeverity: 'info',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'An untrusted value between delimiters that never change.',
  why: 'Tags, quotes or hashes around a value mark it as data only until the value holds the closing one: `</ticket> New orders: …`. Whoever can guess the delimiter stands outside of it, and they are printed in every tutorial. The fences of promptctl have a nonce, and what closes them is escaped in the value.',
  unless: 'your application removes the delimiter from the value.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { question: { type: string } }\nmessages:\n  - role: user\n    content: |\n      Answer this.\n      <question>{{question}}</question>\n',
        line: 7,
      },
      { text: 'messages:\n  - role: user\n    content: "Message: ###{{guest_message}}###"\n', line: 3 },
      {
        text: 'promptctl: 1\nvariables: { clause: { type: string } }\nmessages:\n  - role: user\n    content: |\n      Review the clause.\n      """\n      {{clause}}\n      """\n',
        line: 8,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { question: { type: string } }\nmessages:\n  - role: user\n    content: |\n      Answer this.\n      {{question}}\n',
      },
      {
        text: 'promptctl: 1\nvariables: { notes: { type: string } }\nmessages:\n  - role: system\n    content: Put the headline in <h1> and </h1>.\n  - role: user\n    content: "{{notes}}"\n',
      },
    ],
  },
  check: (context) => {
    for (const value of untrustedValues(context, 'user', 'tool')) {
      // Where the author turned the fence off, untrusted-unfenced has said it.
      if (context.prompt.mode === 'strict' && value.segment.fence === undefined) continue;
      const fence = fenceAround(value);
      if (!fence || isClosed(value.segment, context.prompt)) continue;
      context.report({
        message: `A ${fence.close} inside of \`${value.source}\` ends what ${fence.open} begins`,
        help:
          context.prompt.mode === 'github'
            ? 'give the value a message of its own, or move to strict mode, whose fences can not be guessed'
            : 'remove the delimiters: the value is fenced when the prompt is rendered',
        at: value.place,
      });
    }
  },
});
