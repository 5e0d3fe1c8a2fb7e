import { promptRule, type Rule } from '../../rule.ts';
import { roleOf, writtenLists } from './written.ts';

export const systemNotFirst: Rule = promptRule({
  id: 'messages/system-not-first',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A system message after the conversation began.',
  why: 'Anthropic and Gemini have one place for instructions, in front: a later one is moved there or refused. Models also follow it less than the ones before it.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\n  - role: system\n    content: Answer in German.\n',
        line: 4,
      },
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - history: turns\n  - role: developer\n    content: Answer in German.\n',
        line: 5,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: You sort tickets.\n  - role: developer\n    content: Answer in German.\n  - role: user\n    content: Hello\n',
      },
    ],
  },
  check: ({ yaml, report }) => {
    for (const list of writtenLists(yaml)) {
      let hasBegun = false;
      for (const { entry, pointer } of list) {
        const role = roleOf(entry);
        if (role !== 'system' && role !== 'developer') hasBegun = true;
        else if (hasBegun)
          report({
            message: `This ${role} message stands after the conversation began`,
            help: 'move it to the front, or say it in the user message',
            at: { pointer: `${pointer}/role` },
          });
      }
    }
  },
});
