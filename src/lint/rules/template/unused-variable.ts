import { promptRule, type Rule } from '../../rule.ts';
import { lacksList } from '../absence.ts';
import { mayReadMore } from '../reads.ts';

export const unusedVariable: Rule = promptRule({
  id: 'template/unused-variable',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A declared variable that no message reads.',
  why: 'Applications have to pass it, reviewers take it for part of the prompt, and the model never sees it. Mostly the text that read it was removed.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables:\n  ticket: { type: string }\n  locale: en\nmessages:\n  - role: user\n    content: "{{ticket}}"\n',
        line: 4,
      },
      {
        text: 'promptctl: 1\nvariables: { product: { type: string } }\nmessages:\n  - role: user\n    content: Sort the ticket for {product}.\n',
        line: 2,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array }, brief: { type: boolean } }\nmessages:\n  - history: turns\n  - role: user\n    content: "{{#if brief}}Be brief.{{/if}} Go on."\n',
      },
    ],
  },
  check: ({ prompt, file, yaml, report }) => {
    // Without messages that is the finding.
    if (prompt.mode !== 'strict' || mayReadMore(file) || lacksList(yaml, 'messages')) return;
    const read = new Set(prompt.reads.map(({ variable }) => variable));
    const context = prompt.policies.get('context');
    const packed = context === undefined ? '' : JSON.stringify(context);
    for (const { name, pointer } of prompt.variables.values()) {
      if (pointer === undefined || read.has(name) || packed.includes(`"${name}"`) || packed.includes(`{{${name}`))
        continue;
      report({
        message: `No message reads \`${name}\``,
        help: `write {{${name}}} where it belongs, or remove the declaration`,
        at: { pointer, part: 'key' },
      });
    }
  },
});
