import { promptRule, type Rule } from '../../rule.ts';
import { knownModels, modelsOf } from './models.ts';

export const modelWithoutPublisher: Rule = promptRule({
  id: 'schema/model-without-publisher',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A model without its publisher in front.',
  why: 'Models are named `publisher/name`. GitHub’s runners refuse a bare name, and elsewhere it is a guess which of several hosts, prices and windows is meant.',
  fixable: 'unsafe',
  fixChanges: 'the model has its publisher in front',
  examples: {
    bad: [
      { text: 'model: gpt-4o-mini\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'promptctl: 1\nmodel: claude-sonnet-4-5\nmessages:\n  - role: user\n    content: Hello\n', line: 2 },
    ],
    good: [
      { text: 'model: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: Hello\n' },
      { text: 'model: "{{model}}"\nmessages:\n  - role: user\n    content: Hello\n' },
    ],
  },
  check: (context) => {
    for (const { id, pointer } of modelsOf(context.prompt)) {
      if (id.includes('/')) continue;
      const full = knownModels(context).find(id)?.id;
      const { start, end } = context.yaml.rangeOf(pointer);
      context.report({
        message: `\`${id}\` has no publisher`,
        help: full ? `write \`${full}\`` : 'write `publisher/name`, as in openai/gpt-4o-mini',
        at: { pointer },
        // Not safe: who reads the file elsewhere may hand the name on as it is.
        ...(full ? { fixes: [{ safe: false, edits: [{ start: start.offset, end: end.offset, text: full }] }] } : {}),
      });
    }
  },
});
