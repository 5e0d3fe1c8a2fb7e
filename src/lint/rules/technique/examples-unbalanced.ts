import { isObject, type JsonValue, member } from '../../../model/index.ts';
import { type PromptContext, promptRule, type Rule } from '../../rule.ts';

/** A choice that the examples show: its labels in order of the examples, and all that there are where the schema lists them. */
interface Choice {
  readonly name: string;
  readonly shown: readonly string[];
  readonly all: readonly string[];
}

/** Plain answers of more words than this are no labels. */
const MOST_WORDS = 3;

const reviews = (...labels: string[]): string =>
  `promptctl: 1\nvariables: { review: { type: string } }\nmessages:\n  - role: user\n    content: "{{review}}"\nexamples:\n${labels.map((label, at) => `  - { input: { review: Review ${at} }, output: ${label} }\n`).join('')}`;

export const examplesUnbalanced: Rule = promptRule({
  id: 'technique/examples-unbalanced',
  severity: 'info',
  preset: 'all',
  summary: 'Examples that show one label most of the time, or one label never.',
  why: 'Models copy the shares of the examples: what was shown often is answered often, and a label that was never shown is rarely chosen (Zhao et al., Calibrate Before Use, 2021).',
  unless: 'the labels are as uneven in life, and evals show that the rare ones are found.',
  options: {
    schema: {
      type: 'object',
      properties: {
        examples: { type: 'integer', minimum: 2, description: 'Fewer examples than this are not judged.' },
        share: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 1,
          description: 'Largest share of the examples that one label may have.',
        },
      },
    },
    defaults: { examples: 4, share: 0.7 },
  },
  examples: {
    bad: [
      { text: reviews('complaint', 'complaint', 'complaint', 'praise', 'complaint'), line: 6 },
      {
        text: `${reviews('a', 'b', 'a', 'b').replaceAll(/output: (\w)/g, `output: '{"queue":"$1"}'`)}jsonSchema: { name: q, strict: true, schema: { type: object, properties: { queue: { enum: [a, b, c] } } } }\n`,
        line: 6,
      },
    ],
    good: [
      { text: reviews('complaint', 'praise', 'question', 'complaint') },
      { text: reviews('complaint', 'complaint', 'complaint') },
      {
        text: reviews(
          'The bed sagged a little',
          'Cold showers for days',
          'We loved the garden',
          'Parking was hard to find',
        ),
      },
    ],
  },
  check: (context) => {
    const { examples } = context.prompt;
    if (examples.length < (context.options['examples'] as number)) return;
    for (const { name, shown, all } of choicesOf(context)) {
      const [label, count] = mostShown(shown);
      const never = all.length <= shown.length ? all.filter((candidate) => !shown.includes(candidate)) : [];
      const isSkewed = count > (context.options['share'] as number) * shown.length;
      if (!isSkewed && never.length === 0) continue;
      const of = name === '' ? '' : ` of \`${name}\``;
      context.report({
        message: isSkewed
          ? `${count} of ${shown.length} examples show \`${label}\`${of}`
          : `No example shows \`${never.join('`, `')}\`${of}`,
        help: 'show each label about as often as the others',
        at: { pointer: '/examples', part: 'key' },
      });
    }
  },
});

function choicesOf({ prompt }: PromptContext): Choice[] {
  const outputs = prompt.examples.map(({ output }) => parsed(output));
  if (outputs.every(isObject)) {
    const properties =
      prompt.responseFormat?.schema === undefined
        ? undefined
        : member(JSON.parse(prompt.responseFormat.schema), 'properties');
    return Object.entries(isObject(properties) ? properties : {}).flatMap(([name, schema]): Choice[] => {
      const all = member(schema, 'enum');
      const shown = outputs.map((output) => member(output, name));
      return Array.isArray(all) && shown.every((label) => typeof label === 'string')
        ? [{ name, shown, all: all.filter((label): label is string => typeof label === 'string') }]
        : [];
    });
  }
  const labels = prompt.examples.map(({ output }) => output.trim());
  const areLabels =
    labels.every((label) => label.split(/\s+/).length <= MOST_WORDS && !/[.!?]$/.test(label)) &&
    new Set(labels).size < labels.length;
  return areLabels ? [{ name: '', shown: labels, all: [] }] : [];
}

function parsed(output: string): JsonValue | undefined {
  if (!output.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(output) as JsonValue;
  } catch {
    // An example whose braces hold no JSON is plain text.
    return undefined;
  }
}

function mostShown(labels: readonly string[]): [label: string, count: number] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ['', 0]);
}
