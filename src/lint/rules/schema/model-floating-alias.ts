import { promptRule, type Rule } from '../../rule.ts';
import { knownModels, modelsOf } from './models.ts';

export const modelFloatingAlias: Rule = promptRule({
  id: 'schema/model-floating-alias',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A model named `latest`, which changes under the prompt.',
  why: 'The name stands for whatever is newest. Answers, prices and windows change on a day that no commit shows, and an eval of last week says nothing about today.',
  examples: {
    bad: [
      { text: 'model: mistral-ai/mistral-small-latest\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      {
        text: 'promptctl: 1\nmodel: anthropic/claude-3-5-haiku-latest\nmessages:\n  - role: user\n    content: Hello\n',
        line: 2,
      },
    ],
    good: [{ text: 'model: openai/gpt-4.1\nmessages:\n  - role: user\n    content: Hello\n' }],
  },
  check: (context) => {
    for (const { id, pointer } of modelsOf(context.prompt)) {
      const model = knownModels(context).find(id);
      if (!(model?.floatingAlias ?? /[-:@]latest$/i.test(id))) continue;
      context.report({
        message: `\`${id}\` stands for whatever is newest`,
        help: 'name the version that the tests ran on',
        at: { pointer },
      });
    }
  },
});
