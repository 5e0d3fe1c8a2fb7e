import { promptRule, type Rule } from '../../rule.ts';
import type { TextMessage } from '../contents.ts';
import { staticFence } from './static-fences.ts';
import { isClosed, untrustedValues, type UntrustedValue } from './untrusted-values.ts';

export const untrustedUnfenced: Rule = promptRule({
  id: 'security/untrusted-unfenced',
  severity: 'warning',
  githubSeverity: 'info',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'An untrusted value that runs into the text around it.',
  why: 'Without a fence the model can not tell where your sentence ends and the value begins. A value that begins with “Ignore the above” reads as yours. A message that is nothing but the value needs no fence: its role is the boundary.',
  unless: 'the value must stand inside a sentence, and your application checks it.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { question: { type: string, fence: none } }\nmessages:\n  - role: user\n    content: |\n      Question:\n      {{question}}\n',
        line: 7,
      },
      {
        text: 'messages:\n  - role: user\n    content: The guest wrote - {{guest_message}} - please answer.\n',
        line: 3,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { question: { type: string } }\nmessages:\n  - role: user\n    content: |\n      Question:\n      {{question}}\n',
      },
      {
        text: 'promptctl: 1\nvariables: { dispute: { type: string, fence: none } }\nmessages:\n  - role: user\n    content: |\n      {{dispute}}\n',
      },
    ],
  },
  check: (context) => {
    const { prompt, report } = context;
    const told = new Set<TextMessage>();
    for (const value of untrustedValues(context, 'user', 'tool')) {
      if (value.segment.fence !== undefined || !hasOtherText(value) || isClosed(value.segment, prompt)) continue;
      // In github mode nothing is fenced; where the author wrote delimiters, static-fence says what is wrong with them.
      if (prompt.mode === 'github' && staticFence(value)) continue;
      // There, no placeholder has a fence: once a message is enough.
      if (prompt.mode === 'github' && told.has(value.message)) continue;
      told.add(value.message);
      report({
        message: `\`${value.source}\` stands in the text without a fence`,
        help:
          prompt.mode === 'github'
            ? 'give it a message of its own'
            : 'remove `fence: none`, or give it a message of its own',
        at: value.place,
      });
    }
  },
});

function hasOtherText({ message, before, after }: UntrustedValue): boolean {
  if (`${before}${after}`.trim() !== '') return true;
  return message.segments.filter((segment) => segment.kind !== 'text' || segment.text.trim() !== '').length > 1;
}
