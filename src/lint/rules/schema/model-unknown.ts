import { nearestModel, publishers } from '../../../tokens/models/index.ts';
import { nearest } from '../../../runtime/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { knownModels, modelsOf } from './models.ts';

export const modelUnknown: Rule = promptRule({
  id: 'schema/model-unknown',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A model, or a publisher, that nobody knows.',
  why: 'A misspelt model fails at the first call in production and not before. What is unknown can’t be counted or priced either. Providers of your own are declared in promptctl.yaml, new models in its `models:` file. The model of an llm evaluator (`modelId`) counts as well, here and in the other rules about models.',
  examples: {
    bad: [
      { text: 'model: openai/gpt-4o-minii\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: 'model: contoso/helpdesk-7b\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\nevaluators:\n  - name: polite\n    llm: { modelId: "azureml://registries/azure-openai/models/gpt-4o/versions/2024-11-20", prompt: "{{completion}}" }\n',
      },
      { text: 'model: mistral/mistral-nemo\nmessages:\n  - role: user\n    content: Hello\n' },
      {
        text: 'model: local/helpdesk-7b\nmessages:\n  - role: user\n    content: Hello\n',
        files: {
          'promptctl.yaml': 'providers: { local: { kind: openai-compatible, baseUrl: "http://127.0.0.1:8080/v1" } }\n',
        },
      },
    ],
  },
  check: (context) => {
    for (const { id, pointer } of modelsOf(context.prompt)) {
      const models = knownModels(context);
      const publisher = id.slice(0, Math.max(0, id.indexOf('/')));
      if (publisher === '' || models.providers.has(publisher)) continue;
      const isPublisher = models.hasPublisher(id);
      if (isPublisher && models.find(id)) continue;
      const near = nearestModel(id) ?? (isPublisher ? undefined : nearest(publisher, publishers()));
      context.report({
        message: isPublisher ? `No model \`${id}\` is known` : `No publisher \`${publisher}\` is known`,
        help: near
          ? `did you mean \`${near}\`?`
          : 'declare its provider in promptctl.yaml, or the model in the file that `models:` names',
        at: { pointer },
      });
    }
  },
});
