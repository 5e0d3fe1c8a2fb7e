import { findMixedScript, isAscii } from '../../detectors/unicode.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { codeOf } from './characters.ts';
import { allTexts } from './in-text.ts';

export const mixedScript: Rule = promptRule({
  id: 'security/mixed-script',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'A word of Latin letters with a lookalike of another alphabet in it.',
  why: '“PayPаl” with a Cyrillic а is another word to the model, to a filter and to a search. Such letters come from copied phishing texts, or from somebody who wants a check to fail.',
  unless: 'the prompt is about such words.',
  examples: {
    bad: [
      { text: 'messages:\n  - role: system\n    content: A payment to PayP\u0430l is a card payment.\n', line: 3 },
      { text: 'messages:\n  - role: system\n    content: Leave out the names of auth\u03bfrs.\n', line: 3 },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: "\u0415\u0441\u0442\u044c Wi-Fi? T\u30b7\u30e3\u30c4, \u03b1-particles, 5 \u03bcm and JSON\u0430"\n',
      },
    ],
  },
  check: (context) => {
    if (isAscii(context.yaml.text) && !context.yaml.text.includes('{{>')) return;
    for (const { text, place } of allTexts(context)) {
      for (const { word, letter, start, end } of findMixedScript(text))
        context.report({
          message: `The \`${letter}\` (${codeOf(letter.codePointAt(0)!)}) in \`${word}\` is no Latin letter`,
          help: 'write the word in one alphabet',
          at: place(start, end),
        });
    }
  },
});
