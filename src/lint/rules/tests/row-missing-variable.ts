import type { Prompt } from '../../../model/index.ts';
import { promptRule, type PromptContext, type Rule } from '../../rule.ts';
import { textMessages } from '../contents.ts';
import { type Row, rowsOf } from './rows.ts';

export const rowMissingVariable: Rule = promptRule({
  id: 'tests/row-missing-variable',
  severity: 'error',
  preset: 'recommended',
  summary: 'A test row without a variable that the prompt needs.',
  why: 'The row can’t be rendered, or is sent with the braces still in it: the test judges an answer to another question than the one it means.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: "{{title}}: {{body}}"\ntestData:\n  - { title: Crash, body: It stops }\n  - { title: Crash }\n',
        line: 6,
      },
      {
        text: 'promptctl: 1\nvariables: { ticket: { type: string } }\nmessages:\n  - role: user\n    content: "{{ticket}}"\ntestData:\n  - expected: bugs\n',
        line: 7,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{title}}: {{body}}"\ntests: ./triage.cases.jsonl\n',
        files: { 'prompts/support/triage.cases.jsonl': '{"title": "Crash", "body": "It stops"}\n{"title": "Crash"}\n' },
        line: 2,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{title}}: {{body}}"\ntests: ./triage.cases.csv\n',
        files: { 'prompts/support/triage.cases.csv': 'title,body\n"Crash, often","It\nstops"\nCrash\n' },
        line: 4,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{title}}: {{body}}"\ntests: ./triage.cases.yaml\n',
        files: { 'prompts/support/triage.cases.yaml': '- { title: Crash, body: It stops }\n- title: Crash\n' },
        line: 2,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { ticket: { type: string }, note: { type: string, optional: true }, locale: en }\nmessages:\n  - role: user\n    content: "{{ticket}} {{#if note}}{{note}}{{/if}} {{locale}}"\ntestData:\n  - { ticket: It crashes }\n  - { $skip: true }\n',
      },
    ],
  },
  check: (context) => {
    const needed = neededBy(context.prompt);
    if (needed.length === 0) return;
    const missing = rowsOf(context).rows.flatMap((row) => {
      if (row.values['$skip'] === true) return [];
      const names = needed.filter((name) => !isGiven(row, name));
      return names.length > 0 ? [{ row, names: names.map((name) => `\`${name}\``).join(', ') }] : [];
    });
    const own = missing.filter(({ row }) => row.file === undefined);
    for (const { row, names } of own) tell(context, row, names, '');
    // Of a file with thousands of rows one finding is enough.
    const [first, ...rest] = missing.filter(({ row }) => row.file !== undefined);
    if (first) tell(context, first.row, first.names, rest.length > 0 ? `, as do ${rest.length} more of this file` : '');
  },
});

function tell({ report }: PromptContext, row: Row, names: string, more: string): void {
  report({
    message: `The row lacks ${names}${more}`,
    help: 'add the value, or give the variable a default',
    at: row.at,
  });
}

function isGiven(row: Row, name: string): boolean {
  return Object.hasOwn(row.values, name);
}

/** What a row must give. In github mode that is what the messages read; what reads like another language's block is not asked for. */
function neededBy(prompt: Prompt): readonly string[] {
  if (prompt.mode === 'strict')
    return [...prompt.variables.values()].filter(({ required }) => required).map(({ name }) => name);
  const texts = new Map([...textMessages(prompt)].map(({ pointer, text }) => [`${pointer}/content`, text]));
  if ([...texts.values()].some((text) => text.includes('{{#'))) return [];
  const isOwn = ({ pointer, start }: Prompt['reads'][number]): boolean => texts.get(pointer)?.[start - 1] !== '$';
  return [...new Set(prompt.reads.filter(isOwn).map(({ variable }) => variable))];
}
