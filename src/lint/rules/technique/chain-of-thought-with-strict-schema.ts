import { isObject, type JsonValue, member } from '../../../model/index.ts';
import { type PromptContext, promptRule, type Rule } from '../../rule.ts';
import { modelOf } from '../tokens/counts.ts';
import { askedToThink } from './said.ts';

/** A property for thoughts, by its name, at any depth. */
const ROOM =
  /reason|thought|think|rationale|explanation|analysis|justif|steps?$|^steps?|scratch|chain|^why|working|notes?$|deliberat|draft/i;

const strict = (properties: string): string =>
  `promptctl: 1\nmodel: openai/gpt-4o\nmessages:\n  - role: user\n    content: Choose the urgency. Think step by step and write down your reasoning before you choose.\njsonSchema:\n  name: intake\n  strict: true\n  schema:\n    type: object\n    properties: ${properties}\n`;

export const chainOfThoughtWithStrictSchema: Rule = promptRule({
  id: 'technique/chain-of-thought-with-strict-schema',
  severity: 'warning',
  preset: 'all',
  summary: 'A model told to think where its answer has no room for thoughts.',
  why: 'Under a strict schema the first token is already part of the answer: a model that does not think by itself can think nowhere else than in a property. Without one, the sentence is paid for and does nothing.',
  unless: 'an earlier call did the thinking.',
  examples: {
    bad: [
      { text: strict('{ urgency: { type: string } }'), line: 5 },
      {
        text: strict('{ urgency: { type: string } }')
          .replace(' Think step by step and write down your reasoning before you choose.', '')
          .replace('messages:', 'technique: chain-of-thought\nmessages:'),
        line: 3,
      },
    ],
    good: [
      { text: strict('{ reasoning: { type: string }, urgency: { type: string } }') },
      { text: strict('{ urgency: { type: string } }').replace('gpt-4o', 'o4-mini') },
    ],
  },
  check: (context) => {
    const { prompt, report } = context;
    // A model that thinks by itself has room; what it needs to be told is another rule's.
    if (!leavesNoRoom(context) || modelOf(context)?.reasoning) return;
    const help = 'put a property such as `reasoning` first in the schema, or leave the thinking out';
    if (prompt.technique === 'chain-of-thought')
      report({ message: 'The strict schema has no property to think in', help, at: { pointer: '/technique' } });
    const said = askedToThink(context);
    if (said)
      report({ message: `“${said.phrase}”, but the strict schema has no property to do it in`, help, at: said.place });
  },
});

function leavesNoRoom({ prompt }: PromptContext): boolean {
  const format = prompt.responseFormat;
  if (format?.schema === undefined || format.strict !== true || format.type !== 'json_schema') return false;
  const schema = JSON.parse(format.schema) as JsonValue;
  return isObject(member(schema, 'properties')) && !hasRoom(schema);
}

function hasRoom(schema: JsonValue | undefined): boolean {
  if (Array.isArray(schema)) return schema.some(hasRoom);
  if (!isObject(schema)) return false;
  const properties = member(schema, 'properties');
  const names = isObject(properties) ? Object.keys(properties) : [];
  return names.some((name) => ROOM.test(name)) || Object.values(schema).some(hasRoom);
}
