import { findInternal } from '../../detectors/addresses.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { sentTexts } from './in-text.ts';

export const internalAddress: Rule = promptRule({
  id: 'security/internal-address',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM02:2025',
  summary: 'A host or an address of a private network in the text.',
  why: 'The model repeats it to whoever asks, and with it the map of your network. The model itself can do nothing with the address: only a tool can, and it knows its own.',
  unless: 'the prompt is about that network, and only its staff reads the answers.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: system\n    content: |\n      You answer questions about policies.\n      They are served from http://10.24.3.17:8080/policies.\n',
        line: 5,
      },
      {
        text: 'messages:\n  - role: system\n    content: Graphs are on https://grafana.ops.internal/d/checkout.\n',
        line: 3,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: system\n    content: Write addresses as 192.0.2.10, hosts as status.example.com, builds as 10.4.2 or v10.0.1. It runs on localhost:3000.\n',
      },
    ],
  },
  check: (context) => {
    if (
      !/\.\d|\b(?:f[cd][\da-f]{2}|fe80):|\.(?:internal|corp|intra|lan|private|home|svc|cluster|local)/i.test(
        context.yaml.text,
      ) &&
      !context.yaml.text.includes('{{>')
    )
      return;
    for (const { text, place } of sentTexts(context)) {
      for (const { address, start, end } of findInternal(text))
        context.report({
          message: `\`${address}\` is an address of a private network`,
          help: 'say what it is for without it, or let a tool reach it',
          at: place(start, end),
        });
    }
  },
});
