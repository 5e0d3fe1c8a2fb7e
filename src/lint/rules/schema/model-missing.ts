import { isObject, member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { absence } from '../absence.ts';

export const modelMissing: Rule = promptRule({
  id: 'schema/model-missing',
  severity: 'warning',
  preset: 'minimal',
  summary: 'A prompt that names no model.',
  why: 'A prompt is tuned to a model. Without one each caller brings its own, tests say nothing about production, and neither tokens nor costs can be counted.',
  unless: 'the application chooses the model for every prompt: then turn the rule off in promptctl.yaml.',
  examples: {
    bad: [
      { text: 'name: Support triage\nmessages:\n  - role: user\n    content: Hello\n', line: 1 },
      { text: "name: Support triage\nmodel: ''\nmessages:\n  - role: user\n    content: Hello\n", line: 2 },
    ],
    good: [{ text: 'model: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: Hello\n' }],
  },
  check: ({ prompt, yaml, report }) => {
    if (prompt.model !== undefined && prompt.model.trim() !== '') return;
    const written = member(yaml.value, 'model');
    const isBlank = typeof written === 'string' || written === null;
    // Of another type it is a wrong type, and a cascade names its models itself.
    if ((written !== undefined && !isBlank) || isObject(prompt.policies.get('cascade'))) return;
    report({
      message: isBlank ? 'The model is empty' : 'The prompt names no model',
      help: 'write `model: publisher/name`, as in openai/gpt-4o-mini',
      at: absence(yaml, 'model'),
    });
  },
});
