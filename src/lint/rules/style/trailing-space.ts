import { promptRule, type Rule } from '../../rule.ts';
import { contents } from '../contents.ts';

export const trailingSpace: Rule = promptRule({
  id: 'style/trailing-space',
  severity: 'info',
  preset: 'all',
  summary: 'Blanks at the end of a line of a message.',
  why: 'The model gets them, they cost tokens, and no editor shows them. An editor that strips them changes the prompt, and its cache, without anyone meaning to.',
  fixable: 'safe',
  fixChanges: 'the blanks are gone',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: |\n      Sort it.   \n      Be brief.\n', line: 4 },
      { text: 'messages:\n  - role: user\n    content: |\n      Sort it.\n      Be brief.\t\n', line: 5 },
    ],
    good: [{ text: 'messages:\n  - role: user\n    content: |\n      Sort it.\n\n      Be brief.\n' }],
  },
  check: ({ prompt, yaml, report }) => {
    for (const pointer of contents(prompt)) {
      const node = yaml.node(pointer);
      if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
      if (node.style !== 'literal' && node.style !== 'folded') continue;
      if (!mayTrail(node.value)) continue;
      const header = yaml.text.indexOf('\n', node.start) + 1;
      for (const found of yaml.text.slice(header, node.end).matchAll(/(?<=[^\s])[ \t]+(?=\r?(?:\n|$))/g)) {
        const start = header + found.index;
        const end = start + found[0].length;
        report({
          message: `${found[0].length === 1 ? 'A blank ends' : `${found[0].length} blanks end`} this line of the message`,
          at: { pointer, offsets: [start, end] },
          // Two blanks break the line in Markdown: whether they are meant is not for a fix to say.
          fixes: [{ safe: found[0] !== '  ', edits: [{ start, end, text: '' }] }],
        });
      }
    }
  },
});

/** Cheaper than an expression over every text, which hardly any needs. */
function mayTrail(text: string): boolean {
  return text.includes(' \n') || text.includes('\t\n') || text.endsWith(' ') || text.endsWith('\t');
}
