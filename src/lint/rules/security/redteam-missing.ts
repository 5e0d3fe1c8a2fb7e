import { promptRule, type Rule } from '../../rule.ts';

export const redteamMissing: Rule = promptRule({
  id: 'security/redteam-missing',
  severity: 'info',
  preset: 'all',
  owasp: 'LLM01:2025',
  summary: 'A prompt with untrusted input that no attack was tried on.',
  why: 'Rules find the openings that can be read from the file; attacks find the rest. The rule stays silent until promptctl has a red team to name: a finding that nobody can mend is noise.',
  examples: {
    bad: [],
    good: [
      { text: 'messages:\n  - role: user\n    content: "{{ticket}}"\n' },
      {
        text: 'promptctl: 1\nvariables: { ticket: { type: string } }\nmessages:\n  - role: user\n    content: "{{ticket}}"\n',
      },
    ],
  },
  check: () => {},
});
