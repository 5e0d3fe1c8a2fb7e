import { promptRule, type Rule } from '../../rule.ts';
import { knownModels, modelsOf } from './models.ts';

export const modelRetired: Rule = promptRule({
  id: 'schema/model-retired',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A model that its maker no longer serves.',
  why: 'Calls to a retired model fail. A host may keep it for longer than its maker does, or stop sooner; either way the prompt has to be tried on the next one.',
  unless: 'the host you use still serves it.',
  examples: {
    bad: [
      { text: 'model: anthropic/claude-2.1\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'promptctl: 1\nmodel: openai/gpt-4.5-preview\nmessages:\n  - role: user\n    content: Hello\n', line: 2 },
    ],
    good: [
      {
        text: 'description: Moved from claude-2.1\nmodel: anthropic/claude-sonnet-4-5\nmessages:\n  - role: user\n    content: Hello\n',
      },
    ],
  },
  check: (context) => {
    const today = context.facts.now.toISOString().slice(0, 10);
    for (const { id, pointer } of modelsOf(context.prompt)) {
      const retired = knownModels(context).find(id)?.retired;
      if (retired === undefined || retired.date > today) continue;
      context.report({
        message: `\`${id}\` was retired on ${retired.date}`,
        help: `choose its successor, and compare the two with \`promptctl eval\` (${retired.source})`,
        at: { pointer },
      });
    }
  },
});
