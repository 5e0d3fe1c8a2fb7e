import { isObject, member } from '../../../model/index.ts';
import { promptRule, type Rule } from '../../rule.ts';
import { answerSchema, isObjectSchema, subschemas } from './schema.ts';

/**
 * Models that are held to every schema and have no switch for it: Gemini's responseSchema (ai.google.dev/gemini-api/docs/structured-output)
 * and Anthropic's output_format (docs.claude.com, structured outputs), read November 2026.
 */
const ALWAYS_STRICT = /(?:^|[/.])(?:gemini|claude)-/i;

const triage = (strict: string, close = '\n    additionalProperties: false'): string =>
  `messages:\n  - role: user\n    content: Hello\njsonSchema:\n  name: triage\n${strict}  schema:\n    type: object\n    properties: { queue: { type: string } }\n    required: [queue]${close}\n`;

export const schemaNotStrict: Rule = promptRule({
  id: 'output/schema-not-strict',
  severity: 'warning',
  preset: 'recommended',
  summary: 'A schema that the provider takes as a hint.',
  why: 'Without `strict: true` the schema is only shown to the model, which keeps to it most of the time. And strict mode wants every object closed by `additionalProperties: false`.',
  unless:
    'the provider has no strict mode, or the shape is open by design. For models of Google and Anthropic, which have none, the rule is quiet.',
  fixable: 'unsafe',
  fixChanges: 'the provider holds the answer to the schema',
  examples: {
    bad: [
      { text: triage('  strict: false\n'), line: 6 },
      { text: triage(''), line: 4 },
      { text: triage('  strict: true\n', ''), line: 7 },
    ],
    good: [{ text: triage('  strict: true\n') }, { text: `model: google/gemini-2.5-flash\n${triage('')}` }],
  },
  check: (context) => {
    const { prompt, yaml, report } = context;
    const schema = answerSchema(context);
    if (!schema || prompt.responseFormat?.type !== 'json_schema') return;
    if (ALWAYS_STRICT.test(prompt.model ?? '')) return;
    if (prompt.responseFormat.strict !== true) {
      const isWritten =
        isObject(member(yaml.value, 'jsonSchema')) && member(member(yaml.value, 'jsonSchema'), 'strict') !== undefined;
      const { start, end } = yaml.rangeOf('/jsonSchema/strict');
      report({
        message: isWritten
          ? 'The schema is not strict: the model may leave it'
          : 'The schema is not strict: `strict` is not set',
        help: 'write strict: true',
        at: isWritten ? { pointer: '/jsonSchema/strict' } : { pointer: '/jsonSchema', part: 'key' },
        // The provider may refuse under strict what it took as a hint.
        ...(isWritten
          ? { fixes: [{ safe: false, edits: [{ start: start.offset, end: end.offset, text: 'true' }] }] }
          : {}),
      });
      return;
    }
    for (const [part, pointer] of subschemas(schema.root)) {
      if (!isObjectSchema(part) || member(part, 'additionalProperties') === false || isCondition(pointer)) continue;
      report({
        message:
          pointer === ''
            ? 'The answer may have properties beyond the schema'
            : `\`${pointer.slice(pointer.lastIndexOf('/') + 1)}\` may have properties beyond the schema`,
        help: 'write additionalProperties: false',
        at: schema.place(pointer),
      });
    }
  },
});

/** Whether a place lies in a schema that only tests a value, and describes no answer of its own. */
function isCondition(pointer: string): boolean {
  return /(?<!\/(?:properties|\$defs|definitions|patternProperties))\/(?:not|if|then|else)(?:\/|$)/.test(pointer);
}
