import { promptRule, type Rule } from '../../rule.ts';
import { isClosed, untrustedNamedIn, untrustedValues, wordsOf } from './untrusted-values.ts';

export const untrustedInAssistant: Rule = promptRule({
  id: 'security/untrusted-in-assistant',
  severity: 'error',
  githubSeverity: 'info',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'Untrusted text in an assistant message.',
  why: 'A model takes assistant messages for its own words and stays true to them. Text from outside in one of them is an answer that somebody else has already given for it.',
  unless: 'the value never comes from outside; then declare it `trust: trusted` instead.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { pantry: { type: string } }\nmessages:\n  - role: user\n    content: "{{pantry}}"\n  - role: assistant\n    content: "Here is a dinner from {{pantry}}:"\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nvariables: { word: { type: string } }\nexamples:\n  - input: { word: sea }\n    output: A song of {{word}}.\n  - input: { word: sky }\n    output: A song of sky.\nmessages:\n  - role: user\n    content: "{{word}}"\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{guest_message}}"\n  - role: assistant\n    content: "Thank you for asking {{guest_message}}"\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { pantry: { type: string }, minutes: { type: integer, trust: trusted } }\nmessages:\n  - role: user\n    content: "{{pantry}}"\n  - role: assistant\n    content: "Here is a dinner in {{minutes}} minutes:"\n',
      },
    ],
  },
  check: (context) => {
    for (const { segment, source, place } of untrustedValues(context, 'assistant')) {
      context.report({
        message: `\`${source}\` puts ${wordsOf(segment, context.prompt)} into the mouth of the assistant`,
        help: 'write the answer without it, or take the value from a trusted variable',
        at: place,
        severity: isClosed(segment, context.prompt) ? 'warning' : 'error',
      });
    }
    for (const { output, pointer } of context.prompt.examples) {
      for (const { name, place } of untrustedNamedIn(output, `${pointer}/output`, context.prompt)) {
        context.report({
          message: `\`${name}\` stands in an example's answer, the assistant's own words`,
          help: 'write the answer out: it is sent as it is written, without values',
          at: place,
        });
      }
    }
  },
});
