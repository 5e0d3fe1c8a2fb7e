import { promptRule, type Rule } from '../../rule.ts';
import { messageLists } from '../contents.ts';

export const unboundedHistory: Rule = promptRule({
  id: 'conversation/unbounded-history',
  severity: 'warning',
  preset: 'all',
  summary: 'A history without a bound.',
  why: 'Each turn is paid for again with every later one, so the cost of a conversation grows with the square of its length, until the window is full and the call fails. What the variable itself may hold is no bound: a turn can be of any length.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - history: turns\n  - role: user\n    content: Go on.\n',
        line: 4,
      },
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - role: system\n    content: Be brief.\n  - history: turns\nconversation: { consolidate: { everyTurns: 10 } }\n',
        line: 6,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - history: turns\n    maxTurns: 16\n',
      },
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - history: turns\nconversation: { maxTokens: 2000 }\n',
      },
    ],
  },
  check: ({ prompt, report }) => {
    for (const messages of messageLists(prompt)) {
      for (const message of messages) {
        if (!('history' in message) || message.maxTurns !== undefined || message.maxTokens !== undefined) continue;
        report({
          message: `Nothing bounds the history \`${message.history}\``,
          help: 'write maxTurns or maxTokens beside it, or under `conversation:`',
          at: { pointer: `${message.pointer}/history`, part: 'key' },
        });
      }
    }
  },
});
