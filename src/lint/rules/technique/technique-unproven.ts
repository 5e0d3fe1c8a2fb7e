import { promptRule, type Rule } from '../../rule.ts';

/** Techniques that pay for their gain with more output, or more calls. */
const COSTLY = new Set(['chain-of-thought', 'self-consistency', 'decomposition', 'react']);

export const techniqueUnproven: Rule = promptRule({
  id: 'technique/technique-unproven',
  severity: 'info',
  preset: 'all',
  summary: 'A costly technique, and no eval that shows what it gains.',
  why: 'Chain of thought multiplies the output, self-consistency the calls. Whether your task gets better by it is an experiment of an hour, and without tests nobody will ever dare to take it out.',
  unless: 'the gain was measured elsewhere; say where in the description.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\ntechnique: chain-of-thought\nmessages:\n  - role: user\n    content: Think aloud.\n',
        line: 2,
      },
      {
        text: 'promptctl: 1\ntechnique: self-consistency\nmessages:\n  - role: user\n    content: "{{text}}"\nvariables: { text: { type: string } }\ntestData:\n  - { text: Homework is boring }\n',
        line: 2,
      },
    ],
    good: [
      { text: 'promptctl: 1\ntechnique: zero-shot\nmessages:\n  - role: user\n    content: Hello\n' },
      {
        text: 'promptctl: 1\ntechnique: chain-of-thought\nmessages:\n  - role: user\n    content: "{{text}}"\nvariables: { text: { type: string } }\ntestData:\n  - { text: Homework is boring, expected: why }\nevaluators:\n  - { name: asks, string: { contains: "{{expected}}" } }\n',
      },
    ],
  },
  check: ({ prompt, report }) => {
    const { technique, testData, testsFile, evaluators } = prompt;
    if (technique === undefined || !COSTLY.has(technique)) return;
    const hasRows = testData.length > 0 || testsFile !== undefined;
    if (hasRows && evaluators.length > 0) return;
    report({
      message: `Nothing shows that ${technique} pays: there are no ${hasRows ? 'evaluators' : 'test rows'}`,
      help: 'write rows and evaluators, and compare it with zero-shot',
      at: { pointer: '/technique' },
    });
  },
});
