import { unsupportedKeywords } from '../../../runtime/index.ts';
import { promptRule, type Rule, readingRule } from '../../rule.ts';
import { answerSchema } from './schema.ts';

/** What the runtime leaves unchecked is valid all the same, and a pattern may be slow without being wrong. */
const VALID = /is not checked in the schema|must be matched in linear time/;

const rule = {
  id: 'output/schema-invalid',
  severity: 'error',
  preset: 'recommended',
  summary: 'A schema of the answer that can’t be read, or is no JSON Schema.',
  why: 'A provider refuses the call, or, worse, passes over the word it does not know: `type: bool` then allows anything.',
  examples: {
    bad: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\njsonSchema:\n  name: triage\n  strict: true\n  schema:\n    type: object\n    properties:\n      urgent: { type: bool }\n',
        line: 10,
      },
      { text: 'messages:\n  - role: user\n    content: Hello\njsonSchema: \'{"name":"labels",,}\'\n', line: 4 },
      {
        text: 'messages:\n  - role: user\n    content: Hello\njsonSchema:\n  name: triage\n  schema:\n    type: object\n    properties:\n      colour: { $ref: "#/$defs/color" }\n    $defs: { colour: { type: string } }\n',
        line: 9,
      },
    ],
    good: [
      {
        text: 'messages:\n  - role: user\n    content: Hello\njsonSchema:\n  name: term\n  strict: true\n  schema:\n    type: object\n    properties:\n      type: { type: string }\n      required: { type: boolean }\n      narrower: { type: array, items: { $ref: "#" } }\n    required: [type, required, narrower]\n    additionalProperties: false\n',
      },
    ],
  },
} as const;

const told = readingRule(rule);

const judged = promptRule({
  ...rule,
  check: (context) => {
    const schema = answerSchema(context);
    if (!schema) return;
    for (const { pointer, reason } of unsupportedKeywords(schema.root, 'output')) {
      if (!VALID.test(reason))
        context.report({ message: `The schema of the answer: ${reason}`, at: schema.place(pointer) });
    }
  },
});

export const schemaInvalid: Rule = {
  ...rule,
  check: (context) => {
    told.check(context);
    judged.check(context);
  },
};
