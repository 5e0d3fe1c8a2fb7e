import { promptRule, type Rule } from '../../rule.ts';
import { contents } from '../contents.ts';

/** A list item, a numbered step, a heading, or a label. */
const STRUCTURED = /^(?:[-*] |\d+[.)] |#{1,6} |[A-Z][\w ]{0,30}:(?: |$))/;
/** A line that is one placeholder. */
const PLACEHOLDER = /^\{\{[^{}]*\}\}$/;
/** A block tag of the template language, which wants its line for itself. */
const BLOCK_TAG = /^\{\{~?(?:[#/]|else\b)/;

export const foldedTemplate: Rule = promptRule({
  id: 'syntax/folded-template',
  severity: 'warning',
  preset: 'minimal',
  summary: 'Lists, labels or block tags inside a folded block (`>`).',
  why: 'A folded block joins its lines with blanks: ten list items reach the model as one line, and `{{#if}}` no longer stands alone on its line. The file looks like a list; the prompt is none.',
  fixable: 'unsafe',
  fixChanges: 'the lines keep their breaks',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: system\n    content: >\n      Queues:\n      - bugs: it stopped working\n      - payments: charges and refunds\n',
        line: 3,
      },
      {
        text: 'promptctl: 1\nvariables: { urgent: { type: boolean } }\nmessages:\n  - role: user\n    content: >-\n      Sort it.\n      {{#if urgent}}\n      It is urgent.\n      {{/if}}\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: >\n      You sort tickets for a small company. The ticket\n      is the customer’s text.\n',
      },
      { text: 'messages:\n  - role: system\n    content: >\n      Queues are\n\n        - bugs\n        - payments\n' },
      { text: 'messages:\n  - role: system\n    content: |\n      Queues:\n      - bugs\n      - payments\n' },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    const descriptions = prompt.tools.map((_, at) => `/tools/${at}/description`);
    const judged = prompt.evaluators.flatMap(({ pointer }) => [`${pointer}/llm/prompt`, `${pointer}/llm/systemPrompt`]);
    for (const pointer of [...contents(prompt), ...descriptions, ...judged]) {
      const node = yaml.node(pointer);
      if (node?.style !== 'folded') continue;
      const { start, end } = node;
      const header = yaml.text.indexOf('\n', start);
      const lines = yaml.text.slice(header + 1, end).split(/\r?\n/);
      if (!joinsStructure(lines)) continue;
      report({
        message: 'This folded block joins lines that are written as a list, as labels or as block tags',
        help: 'write `|` instead of `>`',
        at: { pointer },
        fixes: [{ safe: false, edits: [{ start, end: start + 1, text: '|' }] }],
      });
    }
  },
});

/** Whether folding joins two lines that are both structure, or any line with a block tag. Lines indented deeper keep their breaks. */
function joinsStructure(lines: readonly string[]): boolean {
  const indent = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '')![0].length;
  let before: string | undefined;
  for (const line of lines) {
    const own = line.trim() !== '' && line[indent] !== ' ' && line[indent] !== '\t' ? line.slice(indent) : undefined;
    if (own !== undefined && before !== undefined) {
      if (BLOCK_TAG.test(own) || BLOCK_TAG.test(before)) return true;
      if (STRUCTURED.test(own) && (STRUCTURED.test(before) || PLACEHOLDER.test(before.trimEnd()))) return true;
    }
    before = own;
  }
  return false;
}
