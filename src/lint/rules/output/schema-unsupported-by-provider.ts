import { isObject, type JsonObject, type JsonValue, member } from '../../../model/index.ts';
import type { Rule } from '../../rule.ts';
import { sentPromptRule } from '../variants.ts';
import { modelOf } from '../tokens/counts.ts';
import { answerSchema, isObjectSchema, subschemas } from './schema.ts';

/**
 * Keywords that OpenAI’s strict mode refuses with an error: platform.openai.com/docs/guides/structured-outputs, “Some type-specific
 * keywords are not yet supported” and “For unsupported schemas”, read November 2026. Bounds of numbers, lengths of lists, pattern and
 * format are taken by now.
 */
const REFUSED = ['allOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentRequired', 'dependentSchemas', 'patternProperties', 'propertyNames', 'unevaluatedProperties', 'unevaluatedItems', 'minProperties', 'maxProperties', 'contains', 'minContains', 'maxContains', 'uniqueItems', 'prefixItems']; // prettier-ignore

const invoice = (currency: string, required = '[number, currency]'): string =>
  `model: openai/gpt-4o\nmessages:\n  - role: user\n    content: Hello\njsonSchema:\n  name: invoice\n  strict: true\n  schema:\n    type: object\n    properties:\n      number: { type: string }\n      currency: ${currency}\n    required: ${required}\n    additionalProperties: false\n`;

export const schemaUnsupportedByProvider: Rule = sentPromptRule({
  id: 'output/schema-unsupported-by-provider',
  severity: 'error',
  preset: 'recommended',
  summary: 'A strict schema that the provider of the model refuses.',
  why: 'Strict mode takes a part of JSON Schema only. OpenAI answers 400 to a schema with `allOf`, with a choice at the root, or with a property that is not required; the prompt then never runs at all.',
  unless: 'another provider serves the model.',
  examples: {
    bad: [
      { text: invoice('\n        type: string\n        allOf: [{ enum: [EUR, GBP] }]'), line: 14 },
      { text: invoice('{ type: string }', '[number]'), line: 12 },
      {
        text: `${invoice('{ type: string }', '[number]').replace('model: openai/gpt-4o', 'promptctl: 1\nmodel: mistral-ai/mistral-small-2503')}variants: { second: { model: openai/gpt-4o } }\n`,
        line: 13,
      },
    ],
    good: [
      { text: invoice('{ anyOf: [{ type: string, enum: [EUR] }, { type: "null" }] }') },
      { text: invoice('{ allOf: [{ type: string }] }').replace('openai/gpt-4o', 'mistral-ai/mistral-small-2503') },
    ],
  },
  check: (context) => {
    const schema = answerSchema(context);
    if (!schema || context.prompt.responseFormat?.strict !== true || modelOf(context)?.provider !== 'openai') return;
    const tell = (message: string, pointer: string, help: string): void =>
      context.report({ message, help, at: schema.place(pointer) });
    const choice = ['anyOf', 'oneOf'].find((keyword) => member(schema.root, keyword) !== undefined);
    if (choice)
      tell(
        `OpenAI refuses \`${choice}\` at the root of a strict schema`,
        `/${choice}`,
        'make the root an object, with the choice in a property',
      );
    else if (!isObjectSchema(schema.root) && member(schema.root, '$ref') === undefined)
      tell(
        'OpenAI takes only an object at the root of a strict schema',
        '',
        'wrap it: { type: object, properties: { items: … } }',
      );
    for (const [part, pointer] of subschemas(schema.root)) {
      for (const keyword of REFUSED) {
        if (member(part, keyword) !== undefined && !(pointer === '' && keyword === choice))
          tell(`OpenAI refuses \`${keyword}\` in a strict schema`, `${pointer}/${keyword}`, insteadOf(keyword));
      }
      for (const name of optionalProperties(part))
        tell(
          `OpenAI wants every property of a strict schema required; \`${name}\` is not`,
          `${pointer}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          'add it to `required`, and let its type be null where it may be absent',
        );
    }
  },
});

function insteadOf(keyword: string): string {
  if (keyword === 'oneOf') return 'write anyOf';
  return keyword === 'allOf'
    ? 'write its members into the schema itself'
    : 'take it out, and check the answer in the application';
}

function optionalProperties(schema: JsonObject): string[] {
  const properties = member(schema, 'properties');
  const required = member(schema, 'required');
  // A `required` that is no list is schema-invalid.
  if (!isObject(properties) || (required !== undefined && !Array.isArray(required))) return [];
  const named: readonly JsonValue[] = Array.isArray(required) ? required : [];
  return Object.keys(properties).filter((name) => !named.includes(name));
}
