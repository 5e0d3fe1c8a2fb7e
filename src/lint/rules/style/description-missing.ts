import { promptRule, type Rule } from '../../rule.ts';
import { absence } from '../absence.ts';

export const descriptionMissing: Rule = promptRule({
  id: 'style/description-missing',
  severity: 'info',
  preset: 'all',
  summary: 'A prompt that does not say what it is for.',
  why: 'The description is what reviewers, lists and generated types show. Without it the text of the prompt is the only account of what it is meant to do.',
  examples: {
    bad: [
      { text: 'name: Support triage\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'name: Support triage\ndescription: ""\nmessages:\n  - role: user\n    content: Hello\n', line: 2 },
    ],
    good: [{ text: 'description: Puts one ticket in a queue.\nmessages:\n  - role: user\n    content: Hello\n' }],
  },
  check: ({ prompt, yaml, report }) => {
    if (prompt.description !== undefined && prompt.description.trim() !== '') return;
    report({
      message: 'The prompt has no description',
      help: 'say in one sentence what it is for',
      at: absence(yaml, 'description'),
    });
  },
});
