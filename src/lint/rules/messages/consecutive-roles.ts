import { promptRule, type Rule } from '../../rule.ts';
import { roleOf, writtenLists } from './written.ts';

export const consecutiveRoles: Rule = promptRule({
  id: 'messages/consecutive-roles',
  severity: 'warning',
  preset: 'minimal',
  summary: 'Two user messages, or two assistant messages, in a row.',
  why: 'Chat templates want the two to take turns. Some providers refuse the pair, others glue it together with a blank or a line break of their own, so the same prompt is another text at each.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: Here is a ticket.\n  - role: user\n    content: Sort it.\n',
        line: 4,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\n  - role: assistant\n    content: Good morning.\n  - role: assistant\n    content: How can I help?\n',
        line: 7,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: You sort tickets.\n  - role: system\n    content: Be brief.\n  - role: user\n    content: Hello\n',
      },
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - role: user\n    content: Hello\n  - history: turns\n  - role: user\n    content: And now?\n',
      },
    ],
  },
  check: ({ yaml, report }) => {
    for (const list of writtenLists(yaml)) {
      let before: string | undefined;
      for (const { entry, pointer } of list) {
        const role = roleOf(entry);
        if (role === before && (role === 'user' || role === 'assistant'))
          report({
            message: `A second ${role} message in a row`,
            help: 'make the two one message, or put the other side’s turn between them',
            at: { pointer: `${pointer}/role` },
          });
        before = role;
      }
    }
  },
});
