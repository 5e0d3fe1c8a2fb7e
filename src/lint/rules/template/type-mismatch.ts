import { typesOf } from '../../../workspace/index.ts';
import { type JsonValue, member, pointerTo, type Variable } from '../../../model/index.ts';
import { type Expr, mediaPart } from '../../../runtime/index.ts';
import { type PromptContext, readingRule, type Rule } from '../../rule.ts';
import { messageLists, textMessages } from '../contents.ts';
import { placeOf, shownVariables, walk } from './walk.ts';

const reading = readingRule({
  id: 'template/type-mismatch',
  severity: 'error',
  preset: 'minimal',
  summary: 'A variable used as another type than it is declared.',
  why: 'A loop over a string renders nothing, a member of a number is always absent, and a comparison with a value that the type forbids never holds: text that was written is never sent.',
  examples: {
    bad: [
      {
        text: 'promptctl: 1\nvariables: { glossary: { type: string } }\nmessages:\n  - role: user\n    content: "{{#each glossary}}{{this}}{{/each}}"\n',
        line: 5,
      },
      {
        text: 'promptctl: 1\nvariables: { days: { type: integer } }\nmessages:\n  - role: user\n    content: "{{days.count}} days"\n',
        line: 5,
      },
      {
        text: 'promptctl: 1\nvariables: { plan: { enum: [free, pro], trust: trusted } }\nmessages:\n  - role: user\n    content: "{{#if (eq plan \'gold\')}}At once.{{/if}}"\n',
        line: 5,
      },
      {
        text: 'promptctl: 1\nvariables: { turns: { type: string } }\nmessages:\n  - history: turns\n  - role: user\n    content: Hello\n',
        line: 4,
      },
    ],
    good: [
      {
        text: 'promptctl: 1\nvariables: { plan: { enum: [free, pro], trust: trusted }, minutes: { type: integer, trust: trusted }, labels: { type: object } }\nmessages:\n  - role: user\n    content: "{{#if (eq plan \'pro\')}}{{#if (ne minutes 20)}}{{labels.first}} {{labels}}{{/if}}{{/if}}"\n',
      },
    ],
  },
});

export const typeMismatch: Rule = {
  ...reading,
  check: (context) => {
    reading.check(context);
    const { prompt } = context.file;
    if (prompt?.mode !== 'strict') return;
    checkHistories({ ...context, prompt });
    checkComparisons({ ...context, prompt });
    checkAddresses({ ...context, prompt });
  },
};

function checkHistories({ prompt, report }: PromptContext): void {
  for (const messages of messageLists(prompt)) {
    for (const message of messages) {
      if (!('history' in message)) continue;
      const types = typesOf(prompt.variables.get(message.history)?.schema);
      if (types.length === 0 || types.includes('array')) continue;
      report({
        message: `A history is a list of messages; \`${message.history}\` is a ${types.join(' or ')}`,
        help: 'declare it as `type: array`',
        at: { pointer: `${message.pointer}/history` },
      });
    }
  }
}

/** Values that the file itself gives to an address: a default, a closed list, an example. */
function checkAddresses(context: PromptContext): void {
  const { prompt, report } = context;
  const shown = shownVariables(context);
  for (const { name, pointer, schema, default: fallback } of prompt.variables.values()) {
    if (!shown.has(name)) continue;
    const choices = member(schema, 'enum');
    const given = [
      fallback,
      member(schema, 'const'),
      ...(Array.isArray(choices) ? (choices as readonly JsonValue[]) : []),
    ];
    const wrong = given.map(whyNoAddress).find((why) => why !== undefined);
    if (wrong !== undefined && pointer !== undefined)
      report({ message: `\`${name}\`: ${wrong}`, at: { pointer, part: 'key' } });
    for (const example of prompt.examples) {
      const why = whyNoAddress(example.input[name]);
      if (why !== undefined)
        report({ message: `\`${name}\`: ${why}`, at: { pointer: pointerTo(`${example.pointer}/input`, name) } });
    }
  }
}

function whyNoAddress(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    mediaPart(value, undefined, '');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function checkComparisons(context: PromptContext): void {
  for (const message of textMessages(context.prompt)) {
    if (!message.text.includes('(')) continue;
    walk(message.segments, context, (segment) => {
      if (segment.kind !== 'if') return;
      for (const reason of impossible(segment.test, context.prompt.variables)) {
        context.report({
          message: reason,
          help: 'compare it with a value that its declaration allows',
          at: placeOf(segment, message, context),
        });
      }
    });
  }
}

/** Why a comparison always comes out the same. */
function impossible(test: Expr, variables: ReadonlyMap<string, Variable>): string[] {
  if (!('op' in test)) return [];
  if (test.op !== 'eq' && test.op !== 'ne') return test.args.flatMap((arg) => impossible(arg, variables));
  const literal = test.args.find((arg) => 'literal' in arg);
  const reference = test.args.find((arg) => 'ref' in arg);
  if (!literal || !reference || reference.scope !== 0 || reference.ref.length !== 1) return [];
  const name = reference.ref[0]!;
  const schema = variables.get(name)?.schema;
  if (admits(schema, literal.literal)) return [];
  return [`\`${name}\` is never ${JSON.stringify(literal.literal)}: its declaration does not allow it`];
}

function admits(schema: JsonValue | undefined, value: string | number | boolean | null): boolean {
  const allowed = member(schema, 'enum');
  if (Array.isArray(allowed)) return allowed.includes(value);
  const types = typesOf(schema);
  if (types.length === 0 || value === null) return true;
  return types.includes(typeof value) || (typeof value === 'number' && types.includes('integer'));
}
