import { isObject, member, pointerTo } from '../../../model/index.ts';
import { nearest } from '../../../runtime/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { writtenMessages } from './written.ts';

const ROLES: readonly string[] = ['system', 'developer', 'user', 'assistant', 'tool'];
/** What other APIs and chat logs call them. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  human: 'user',
  customer: 'user',
  ai: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  function: 'tool',
  instructions: 'system',
};

export const roleUnknown: Rule = promptRule({
  id: 'messages/role-unknown',
  severity: 'error',
  preset: 'minimal',
  summary: 'A role that no provider knows.',
  why: 'Roles are system, developer, user, assistant and tool, in lower case. A provider refuses any other, and a reader that doesn’t check leaves the message out.',
  fixable: 'safe',
  fixChanges: 'the message has its role',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: System\n    content: You sort tickets.\n  - role: user\n    content: Hello\n',
        line: 2,
      },
      { text: 'promptctl: 1\nmessages:\n  - role: bot\n    content: Hello\n', line: 3 },
      { text: 'messages:\n  - content: Hello\n', line: 2 },
    ],
    good: [
      { text: 'messages:\n  - role: developer\n    content: You sort tickets.\n  - role: user\n    content: Hello\n' },
    ],
  },
  check: ({ yaml, report }) => {
    for (const { entry, pointer } of writtenMessages(yaml)) {
      const role = member(entry, 'role');
      if (!isObject(entry)) continue;
      if (role === undefined || role === null) {
        report({ message: 'This message has no role', help: `write one of ${ROLES.join(', ')}`, at: { pointer } });
        continue;
      }
      if (typeof role !== 'string' || ROLES.includes(role)) continue;
      const at = pointerTo(pointer, 'role');
      const lower = role.trim().toLowerCase();
      const { start, end } = yaml.rangeOf(at);
      // Capitals alone change nothing about who speaks; any other word is for the author to choose.
      const isCapitals = ROLES.includes(lower);
      const meant = isCapitals ? lower : (OTHER_WORDS[lower] ?? nearest(lower, ROLES));
      report({
        message: `\`${role}\` is no role`,
        help: meant ? `write \`${meant}\`` : `write one of ${ROLES.join(', ')}`,
        at: { pointer: at },
        ...(isCapitals
          ? { fixes: [{ safe: true, edits: [{ start: start.offset, end: end.offset, text: lower }] }] }
          : {}),
      });
    }
  },
});
