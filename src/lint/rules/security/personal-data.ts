import { findPersonal } from '../../detectors/personal.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { allTexts } from './in-text.ts';

export const personalData: Rule = promptRule({
  id: 'security/personal-data',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM02:2025',
  summary: 'A person’s mail address, account or card number in the text, an example or a test.',
  why: 'Prompts are copied to repositories, logs, caches and providers, and models repeat what stands in them. A real customer’s data has no reason to travel along. Mailboxes of a desk, such as support@ or press@, and the hosts and cards that documentation uses are let through.',
  unless: 'the address is public and meant to be given out.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: "{{ticket}}"\ntestData:\n  - ticket: Write to lotte.brandhuber@mailnord.eu please.\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: system\n    content: |\n      Late guests are billed\n      to 4539 6772 4812 0005.\n  - role: user\n    content: Hello\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: user\n    content: "{{message}}"\ntestData:\n  - message: Please refund to GB77NWBK60161399973104.\n  - message: Please refund to DE65 7002 0270 0010 1086 02.\n',
        line: 6,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: "{{ticket}}"\ntestData:\n  - ticket: I am jane@example.com, call 555-0142. The card was 4111 1111 1111 1111.\n',
      },
      {
        text: 'metadata: { owners: ["lotte.brandhuber@mailnord.eu"] }\nmessages:\n  - role: system\n    content: Billing reads billing@nordlicht.eu. Order 4000123412341235 is late.\n  - role: user\n    content: Hello\n',
      },
    ],
  },
  check: (context) => {
    if (!/@|\d{3}/.test(context.yaml.text)) return;
    for (const { text, place } of allTexts(context)) {
      for (const { kind, start, end } of findPersonal(text)) {
        context.report({
          message: `This ${kind} may be a real person’s`,
          help:
            kind === 'mail address'
              ? 'write an address at example.com, or a mailbox of the team'
              : 'write a number that is made for tests',
          at: place(start, end),
        });
      }
    }
  },
});
