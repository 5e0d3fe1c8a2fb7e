import { member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { absence } from '../absence.ts';

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
    const messages = member(yaml.value, 'messages');
    const isAbsent = messages === undefined || messages === null || (Array.isArray(messages) && messages.length === 0);
    if (!isAbsent) return;
    report({
      message: messages === undefined ? 'The prompt has no messages' : 'The list of messages is empty',
      help: 'write at least one user message',
      at: absence(yaml, 'messages'),
    });
  },
});
