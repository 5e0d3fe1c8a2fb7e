import { promptRule, type Rule } from '../../rule.ts';
import type { YamlNode } from '../../../workspace/index.ts';
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
      { text: 'messages:\n  - role: user\n    content: |\n      Sort it.\n        \n      Be brief.\n', line: 5 },
      { text: 'messages:\n  - role: user\n    content: "Your answer: "\n', line: 3 },
    ],
    good: [{ text: 'messages:\n  - role: user\n    content: |\n      Sort it.\n\n      Be brief.\n' }],
  },
  check: ({ prompt, yaml, report }) => {
    for (const pointer of contents(prompt)) {
      const node = yaml.node(pointer);
      if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
      if (!mayTrail(node.value)) continue;
      for (const [start, end] of node.style === 'literal' || node.style === 'folded'
        ? blanksInBlock(yaml.text, node)
        : blanksAtQuote(yaml.text, node)) {
        const count = end - start;
        report({
          message: `${count === 1 ? 'A blank ends' : `${count} blanks end`} this line of the message`,
          at: { pointer, offsets: [start, end] },
          // Two blanks break the line in Markdown: whether they are meant is not for a fix to say.
          fixes: [{ safe: yaml.text.slice(start, end) !== '  ', edits: [{ start, end, text: '' }] }],
        });
      }
    }
  },
});

type Span = readonly [start: number, end: number];

/** Blanks behind the text of a line, and on a line of a literal block that has nothing but them beyond its indentation. */
function* blanksInBlock(text: string, { start: begin, end, style }: YamlNode): Iterable<Span> {
  let start = text.indexOf('\n', begin) + 1;
  const lines = text.slice(start, end).split('\n');
  const indent = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')![0].length;
  for (const line of lines) {
    const written = line.replace(/\r$/, '');
    const own = written.trimEnd().length;
    const from = own === 0 ? (style === 'literal' ? indent : written.length) : own;
    if (written.length > from) yield [start + from, start + written.length];
    start += line.length + 1;
  }
}

/** Blanks before the quote that ends a text, and before a line break that is written as `\\n`. */
function* blanksAtQuote(text: string, { start, end }: YamlNode): Iterable<Span> {
  const quote = text[end - 1];
  if (quote !== text[start] || (quote !== '"' && quote !== "'")) return;
  let from = end - 1;
  while (from > start + 1 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  if (quote === '"')
    for (const found of text.slice(start, end).matchAll(/(?<![ \t])[ \t]+(?=\\n)/g))
      yield [start + found.index, start + found.index + found[0].length];
  if (from < end - 1) yield [from, end - 1];
}

/** Cheaper than an expression over every text, which hardly any needs. */
function mayTrail(text: string): boolean {
  return text.includes(' \n') || text.includes('\t\n') || text.endsWith(' ') || text.endsWith('\t');
}
