import { type Rule, readingRule } from '../../rule.ts';

export const yamlError: Rule = readingRule({
  id: 'syntax/yaml-error',
  severity: 'error',
  preset: 'minimal',
  summary: 'The file is not YAML 1.2, or not text in UTF-8.',
  why: 'A prompt that does not parse is not loaded at all; some runners send what is left of it. Only the first error is told: what follows it is mostly its echo.',
  examples: {
    bad: [
      { text: 'messages:\n  - role: user\n    content: "Sort this ticket\n', line: 3 },
      { text: 'messages:\n\t- role: user\n', line: 2 },
    ],
    good: [{ text: 'messages:\n  - role: user\n    content: "Sort this ticket"\n' }],
  },
});
