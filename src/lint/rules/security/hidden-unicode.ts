import { findHidden, type FoundCharacter, isAscii } from '../../detectors/unicode.ts';
import type { Rule } from '../../rule.ts';
import { codeOf, rawTexts, reportRun, runsOf } from './characters.ts';

export const hiddenUnicode: Rule = {
  id: 'security/hidden-unicode',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM01:2025',
  summary: 'Characters that nobody sees and the model reads.',
  why: 'Tag characters, variation selectors and zero-width characters are invisible in editors and reviews, but tokens like any other to a model. Whole instructions have been hidden in them; a single one that came with a paste splits a word, so that a search or a cache never finds it.',
  unless: 'a script that you write needs more of them than this rule knows.',
  fixable: 'safe',
  fixChanges: 'the characters are gone',
  examples: {
    bad: [
      { text: 'messages:\n  - role: system\n    content: A ticket is ur\u200bgent.\n', line: 3 },
      { text: 'messages:\n  - role: system\n    content: Close nothing.\u{e0073}\u{e0061}\u{e0079}\n', line: 3 },
      { text: 'messages:\n  - role: system\n    content: No exclamation marks.\u{e016f}\u{e0162}\n', line: 3 },
    ],
    good: [
      {
        text: '\ufeffmessages:\n  - role: system\n    content: A heart \u2764\ufe0f counts as praise, a family \u{1f468}\u200d\u{1f469}\u200d\u{1f467} too.\n',
      },
      { text: 'messages:\n  - role: user\n    content: "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"\n' },
    ],
  },
  check: (context) => {
    for (const { text, file } of rawTexts(context)) {
      if (isAscii(text)) continue;
      for (const run of runsOf(findHidden(text))) {
        const says = hiddenText(run);
        const first = run[0]!;
        const what =
          run.length === 1
            ? `${codeOf(first.codePoint)} (${first.name}) is`
            : `${run.length} characters, from ${codeOf(first.codePoint)} (${first.name}) on, are`;
        reportRun(
          run,
          file,
          {
            message: `${what} here, and nobody sees it${says ? `; it spells ${JSON.stringify(says)}` : ''}`,
            help: 'take it out',
          },
          context,
        );
      }
    }
  },
};

/** Tag characters are ASCII moved out of sight. */
function hiddenText(run: readonly FoundCharacter[]): string | undefined {
  const letters = run.filter(({ codePoint }) => codePoint >= 0xe0020 && codePoint < 0xe007f);
  return letters.length > 0
    ? String.fromCodePoint(...letters.slice(0, 60).map(({ codePoint }) => codePoint - 0xe0000))
    : undefined;
}
