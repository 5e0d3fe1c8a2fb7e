import { promptRule, type Rule } from '../../rule.ts';
import { absence } from '../absence.ts';

export const ownerMissing: Rule = promptRule({
  id: 'style/owner-missing',
  severity: 'info',
  preset: 'all',
  summary: 'A prompt that nobody owns.',
  why: 'When a prompt fails at night, or a model is retired, somebody has to be asked. Owners in the file move with it.',
  unless: 'CODEOWNERS says it already.',
  examples: {
    bad: [
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\nmetadata: { tags: [triage] }\n', line: 5 },
      { text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\nmetadata:\n  owners: []\n', line: 6 },
    ],
    good: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\nmetadata: { owners: ["@team/support"] }\n',
      },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    if (prompt.metadata.owners.some((owner) => owner.trim() !== '')) return;
    const hasKey = yaml.keyNode('/metadata/owners') !== undefined;
    report({
      message: 'The prompt has no owner',
      help: 'write `metadata: { owners: ["@team/name"] }`',
      at: hasKey ? { pointer: '/metadata/owners', part: 'key' } : absence(yaml, 'metadata'),
    });
  },
});
