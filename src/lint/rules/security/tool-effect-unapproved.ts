import { member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { actsOnItsOwn, isApproved, writtenTools } from './tools-written.ts';

const WORDS = { write: 'changes something', egress: 'sends something out', exec: 'runs something' } as const;

export const toolEffectUnapproved: Rule = promptRule({
  id: 'security/tool-effect-unapproved',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM06:2025',
  summary: 'A tool that writes, sends or runs, and nobody approves the call.',
  why: 'One injected sentence is enough for a call, and a call that writes, mails or executes can’t be taken back. A person who sees it first is the only check that does not depend on the model.',
  unless: 'the call can be undone, or the application asks somebody before it runs.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: cancel_order\n    effect: write\n    approval: auto\n    parameters: { type: object, properties: { id: { type: integer } } }\n',
        line: 8,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: run_command\n    effect: exec\n    parameters: { type: object, properties: { id: { type: integer } } }\n',
        line: 6,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: cancel_order\n    effect: write\n    approval: confirm\n    parameters: { type: object, properties: { id: { type: integer } } }\n',
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: Hello\ntools:\n  - name: find_order\n    effect: read\n    approval: auto\n    parameters: { type: object, properties: { id: { type: integer } } }\n',
      },
    ],
  },
  check: (context) => {
    for (const tool of writtenTools(context)) {
      if (!actsOnItsOwn(tool) || isApproved(tool)) continue;
      const hasApproval = member(tool.entry, 'approval') !== undefined;
      context.report({
        message: `\`${tool.name}\` ${WORDS[tool.entry['effect'] as keyof typeof WORDS]}, and nobody approves it`,
        help: 'write `approval: confirm`',
        at: { pointer: hasApproval ? `${tool.pointer}/approval` : tool.pointer },
      });
    }
  },
});
