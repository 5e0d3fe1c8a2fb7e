import type { Prompt } from '../../../model/index.ts';
import { nearest } from '../../../runtime/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { mayReadMore } from '../reads.ts';
import { textMessages } from '../contents.ts';
import { placeholdersIn } from '../template/placeholders.ts';
import { keysRead } from './evaluators.ts';
import { rowsOf } from './rows.ts';

export const rowUnknownVariable: Rule = promptRule({
  id: 'tests/row-unknown-variable',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A key of a test row that nothing reads.',
  why: 'A row says what is tested. A key that neither a message nor an evaluator reads says something that is not: mostly the variable was renamed, and the test now runs without it.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: "{{subject}}"\ntestData:\n  - subject: First aid\n    level: beginner\n',
        line: 6,
      },
      {
        text: 'promptctl: 1\nvariables: { country: { type: string } }\nmessages:\n  - role: user\n    content: "{{country}}"\ntestData:\n  - { country: DE, region: Bavaria }\n',
        line: 7,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: "{{diff}}"\ntestData:\n  - { $name: await, diff: "- await", expected: await, hope: a remark }\nevaluators:\n  - name: useful\n    llm: { modelId: openai/gpt-4o, prompt: "They hoped for {{hope}}: {{completion}}", choices: [] }\n',
      },
    ],
  },
  check: (context) => {
    const { prompt, report } = context;
    const { rows } = rowsOf(context);
    if (rows.length === 0 || mayReadMore(context.file)) return;
    const read = new Set([...keysRead(prompt), ...foreignNames(prompt)]);
    if (read.has('*')) return;
    const told = new Set<string>();
    for (const row of rows) {
      for (const key of Object.keys(row.values)) {
        // `expected` has a rule of its own.
        if (key.startsWith('$') || key === 'expected' || prompt.variables.has(key) || read.has(key)) continue;
        if (row.file !== undefined && told.has(key)) continue;
        if (row.file !== undefined) told.add(key);
        report({
          message: `Nothing reads \`${key}\`: it is no variable of the prompt, and no evaluator’s`,
          help: helpFor(key, prompt.variables.keys()),
          at: row.placeOf(key),
        });
      }
    }
  },
});

function helpFor(key: string, variables: Iterable<string>): string {
  const near = nearest(key, variables);
  if (near) return `did you mean \`${near}\`?`;
  return key === 'name' || key === 'tags'
    ? `for the row itself write \`$${key}\``
    : 'remove it, or write where it belongs';
}

/** Names in placeholders of other languages: that nothing fills them in is told there. */
function foreignNames(prompt: Prompt): readonly string[] {
  return [...textMessages(prompt)].flatMap(({ text }) => [...placeholdersIn(text)].map(({ name }) => name));
}
