import { findBidi, isAscii } from '../../detectors/unicode.ts';
import type { Rule } from '../../rule.ts';
import { codeOf, rawTexts, reportRun, runsOf } from './characters.ts';

export const bidiControl: Rule = {
  id: 'security/bidi-control',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'A control character that shows text in another order than the model reads it.',
  why: 'A reviewer sees one sentence, the model gets another: the trick is known from source code as Trojan Source (CVE-2021-42574).',
  unless:
    'a text in Arabic or Hebrew needs an embedding; isolates that are closed on their line are let through there.',
  fixable: 'safe',
  fixChanges: 'the characters are gone',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: system\n    content: Approve nothing that ends in \u202esj.tset\u202c.\n',
        line: 3,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{query}}"\ntestData:\n  - query: cheap \u202bdesk lamp\n',
        line: 5,
      },
    ],
    good: [
      { text: 'messages:\n  - role: user\n    content: "\u0642\u0631\u0627\u0631 12\u200f"\n' },
      { text: 'messages:\n  - role: user\n    content: "\u05d0\u05d1 \u2066README.md\u2069 \u05d2\u05d3"\n' },
    ],
  },
  check: (context) => {
    for (const { text, file } of rawTexts(context)) {
      if (isAscii(text)) continue;
      for (const run of runsOf(findBidi(text))) {
        const { codePoint, name } = run[0]!;
        reportRun(
          run,
          file,
          {
            message: `${codeOf(codePoint)} (${name}) shows the text in another order than it is read`,
            help: 'take it out',
          },
          context,
        );
      }
    }
  },
};
