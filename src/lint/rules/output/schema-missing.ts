import { isObject, member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';

/** Evaluators that read the answer as JSON. */
const READS_JSON = /^promptctl\/json(?:-|$)/;

export const schemaMissing: Rule = promptRule({
  id: 'output/schema-missing',
  severity: 'warning',
  preset: 'recommended',
  owasp: 'LLM05:2025',
  summary: 'An answer that code reads as JSON, without a schema.',
  why: 'json_object promises brackets, not keys: the code that reads the answer finds out about a missing field in production. With a schema the provider enforces the shape, and a change of it shows in the diff. `json_schema` without one is an error, for the provider refuses the call; `json_object` in a github file, which people may read, is an info.',
  unless: 'the shape is open by design.',
  examples: {
    bad: [
      {
        text: 'model: openai/gpt-4o\nmessages:\n  - role: user\n    content: List the fields as JSON.\nresponseFormat: json_schema\n',
        line: 5,
      },
      {
        text: 'promptctl: 1\nmessages:\n  - role: user\n    content: List the steps as JSON.\nevaluators:\n  - { name: steps, uses: promptctl/json-path, with: { path: $.steps } }\n',
        line: 6,
      },
    ],
    good: [
      {
        text: 'model: openai/gpt-4o\nmessages:\n  - role: user\n    content: List the fields.\njsonSchema: { name: fields, strict: true, schema: { type: object, properties: {}, required: [], additionalProperties: false } }\n',
      },
      { text: 'model: openai/gpt-4o\nmessages:\n  - role: user\n    content: Hello\nresponseFormat: text\n' },
    ],
  },
  check: ({ prompt, yaml, report }) => {
    // One that is there and can't be read is schema-invalid.
    const written = member(yaml.value, 'jsonSchema');
    if (written !== undefined && written !== null) return;
    const type = prompt.responseFormat?.type;
    const reader = prompt.evaluators.find(
      ({ uses, spec }) =>
        uses !== undefined && READS_JSON.test(uses) && !isObject(member(member(spec, 'with'), 'schema')),
    );
    if (type !== 'json_schema' && type !== 'json_object' && !reader) return;
    report({
      message:
        type === undefined || type === 'text'
          ? `\`${reader!.uses}\` reads the answer as JSON, and no schema says which`
          : `The answer is ${type}, and no schema says of which shape`,
      help: 'write jsonSchema: { name, strict: true, schema }',
      at: yaml.keyNode('/jsonSchema')
        ? { pointer: '/jsonSchema', part: 'key' }
        : type === undefined || type === 'text'
          ? { pointer: reader!.pointer }
          : { pointer: '/responseFormat' },
      // A provider refuses the call; the others run, and a github file may be read by people.
      severity: type === 'json_schema' ? 'error' : prompt.mode === 'github' && !reader ? 'info' : 'warning',
    });
  },
});
