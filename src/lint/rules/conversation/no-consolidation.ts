import { isObject, member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { messageLists } from '../contents.ts';

export const noConsolidation: Rule = promptRule({
  id: 'conversation/no-consolidation',
  severity: 'info',
  preset: 'all',
  summary: 'A conversation that is never consolidated.',
  why: 'Models that are told a task in pieces over many turns solve it far less often than models told all at once. Putting the user’s turns together every few turns wins most of that back.',
  unless: 'conversations end after two or three turns.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - history: turns\n  - role: user\n    content: Go on.\nconversation: { maxTurns: 20 }\n',
        line: 7,
      },
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - role: system\n    content: Be brief.\n  - history: turns\n    maxTurns: 8\n',
        line: 6,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { turns: { type: array } }\nmessages:\n  - history: turns\nconversation: { maxTurns: 20, consolidate: { everyTurns: 10, mode: concat_user, keepLast: 2 } }\n',
      },
      { text: 'messages:\n  - role: user\n    content: Hello\n' },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    const consolidate = member(prompt.policies.get('conversation'), 'consolidate');
    if (isObject(consolidate) && Object.keys(consolidate).length > 0) return;
    for (const messages of messageLists(prompt)) {
      for (const message of messages) {
        if (!('history' in message)) continue;
        report({
          message: 'This history is never consolidated',
          help: 'add `conversation: { consolidate: { everyTurns: 10, mode: concat_user, keepLast: 2 } }`',
          at: yaml.keyNode('/conversation')
            ? { pointer: '/conversation', part: 'key' }
            : { pointer: `${message.pointer}/history`, part: 'key' },
        });
      }
    }
  },
});
