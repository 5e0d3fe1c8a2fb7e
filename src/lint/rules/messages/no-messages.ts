import { promptRule, type Rule } from '../../rule.ts';
import { absence, lacksList } from '../absence.ts';

export const noMessages: Rule = promptRule({
  id: 'messages/no-messages',
  severity: 'error',
  preset: 'minimal',
  summary: 'A prompt that says nothing.',
  why: 'Without messages there is nothing to send. Providers refuse the request.',
  examples: {
    bad: [
      { text: 'name: Support triage\nmodel: openai/gpt-4o\n', line: 1 },
      { text: 'model: openai/gpt-4o\nmessages: []\n', line: 2 },
    ],
    good: [{ text: 'model: openai/gpt-4o\nmessages:\n  - role: user\n    content: Hello\n' }],
  },
  check: ({ yaml, report }) => {
    if (!lacksList(yaml, 'messages')) return;
    report({
      message: yaml.keyNode('/messages') ? 'The list of messages is empty' : 'The prompt has no messages',
      help: 'write at least one user message',
      at: absence(yaml, 'messages'),
    });
  },
});
