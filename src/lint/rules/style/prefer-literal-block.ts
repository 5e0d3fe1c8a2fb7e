import type { YamlFile, YamlNode } from '../../../workspace/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { contents } from '../contents.ts';

export const preferLiteralBlock: Rule = promptRule({
  id: 'style/prefer-literal-block',
  severity: 'info',
  preset: 'all',
  summary: 'Several lines of text in quotes.',
  why: 'A prompt behind `\\n` is one line to a reader and to `git diff`: a changed word shows as a changed prompt. A block with `|` shows each line as the model gets it.',
  fixable: 'safe',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: "Subject: {{subject}}\\nLesson:\\n{{lesson}}\\n"\n', line: 3 },
      {
        text: "messages:\n  - role: user\n    content: 'You sort tickets.\n\n      Be brief.\n\n      Answer in German.'\n",
        line: 3,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: |\n      Subject: {{subject}}\n      Lesson:\n      {{lesson}}\n',
      },
      { text: 'messages:\n  - role: user\n    content: "Sort it.\\n"\n' },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    for (const pointer of contents(prompt)) {
      const node = yaml.node(pointer);
      if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
      if (node.style === 'literal' || node.style === 'folded') continue;
      // One line, and the line break at its end, are well in quotes.
      const lines = node.value.replace(/\n$/, '').split('\n').length;
      if (lines < 2) continue;
      const isFlow = isInFlow(yaml, pointer);
      const block = isFlow ? undefined : literalBlock(yaml, node.value, node);
      report({
        message: `${lines} lines of text in one value`,
        help: isFlow
          ? 'write the message without braces, and its text as a block, with `|`'
          : 'write them as a block, with `|`',
        at: { pointer },
        ...(block === undefined
          ? {}
          : { fixes: [{ safe: true, edits: [{ start: node.start, end: node.end, text: block }] }] }),
      });
    }
  },
});

function isInFlow(yaml: YamlFile, pointer: string): boolean {
  for (let at = pointer; at !== '';) {
    at = at.slice(0, at.lastIndexOf('/'));
    const parent = yaml.node(at);
    if (parent?.style === 'flow') return true;
  }
  return false;
}

/** The same text as a literal block; undefined where a block would need an indicator, or can't hold it. */
function literalBlock(yaml: YamlFile, value: string, { start, end }: YamlNode): string | undefined {
  const { text } = yaml;
  // A comment, or anything else, after the value would become part of the text.
  const after = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (!after) return undefined;
  // eslint-disable-next-line no-control-regex -- YAML forbids these in a block
  if (/[\r\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufeff]|[ \t]\n|^[ \t\n]|[ \t]$|\n\n$/.test(value))
    return undefined;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const own = /^ *(?:- +)*/.exec(text.slice(lineStart, start))![0].length;
  const indent = ' '.repeat(own + 2);
  const body = value.replace(/\n$/, '').split('\n');
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const block = [value.endsWith('\n') ? '|' : '|-', ...body.map((line) => (line === '' ? '' : indent + line))];
  // The text's own last line break has to be written where the file has none after it.
  return block.join(newline) + (value.endsWith('\n') && after[1] === '' ? newline : '');
}
