import { isObject, type JsonValue, PromptctlError } from '../../model/index.ts';
import { compileSchema, type JsonSchema, SchemaError, type Validate } from '../../runtime/index.ts';
import { fillValue } from '../fill.ts';
import { type EvaluatorKind, type Score, shown, verdict } from './evaluator.ts';
import { firstDifference } from './json-difference.ts';
import { valuesAt } from './json-path.ts';

/** The output as JSON, a Markdown code fence around it left out; undefined where it is none. */
export function jsonIn(output: string): { readonly value: JsonValue } | undefined {
  const text = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/i.exec(output)?.[1] ?? output;
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return undefined;
  }
}

const NOT_JSON: Score = { score: 0, pass: false, reason: 'the output is no valid JSON' };

const json: EvaluatorKind = {
  id: 'json',
  family: 'structure',
  version: 1,
  summary: 'The output is valid JSON, alone or in one code fence.',
  options: { fence: { type: 'boolean', default: true, summary: 'False refuses a code fence.' } },
  create(options) {
    const allowsFence = options.flag('fence');
    return ({ output }) =>
      verdict(jsonIn(output) !== undefined && (allowsFence || !output.trimStart().startsWith('```')), NOT_JSON.reason!);
  },
};

const jsonSchema: EvaluatorKind = {
  id: 'json-schema',
  family: 'structure',
  version: 1,
  summary: "The output is JSON that the schema allows; the prompt's own schema where none is given.",
  options: { schema: { type: 'object', summary: 'A JSON Schema.' } },
  create(options, { name, outputSchema }) {
    const schema = options.raw('schema') ?? outputSchema;
    if (schema === undefined) {
      throw new PromptctlError('config', `${name}: there is no schema to check`, {
        hint: 'Give the prompt a jsonSchema, or the evaluator `with: { schema: ... }`',
      });
    }
    const validate = validatorOf(schema as JsonSchema, name);
    return ({ output }) => {
      const found = jsonIn(output);
      if (!found) return NOT_JSON;
      const problems = validate(found.value);
      const [first] = problems;
      return verdict(first === undefined, first ? `${first.path || 'the answer'}: ${first.message}` : '');
    };
  },
};

function validatorOf(schema: JsonSchema, name: string): Validate {
  try {
    return compileSchema(schema);
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    throw new PromptctlError('config', `${name}: the schema can't be checked: ${error.message}`, { cause: error });
  }
}

const jsonPath: EvaluatorKind = {
  id: 'json-path',
  family: 'structure',
  version: 1,
  summary: 'What stands at a path in the JSON output: that it is there, equals a value, or contains a text.',
  options: {
    path: { type: 'text', summary: 'Such as `$.items[0].queue`, `$..id` or `$.tags[*]`.' },
    equals: { type: 'any', summary: 'The value that one of them must be.' },
    contains: { type: 'text', summary: 'A text that one of them must contain.' },
    not: { type: 'boolean', default: false, summary: 'Turns the verdict round.' },
  },
  create(options, { name }) {
    if (!options.has('path')) throw new PromptctlError('config', `${name}: there is no path`);
    const path = options.text('path');
    const equals = options.raw('equals');
    const contains = options.has('contains') ? options.fill('contains') : undefined;
    const isNot = options.flag('not');
    return ({ output, fields }) => {
      const found = jsonIn(output);
      if (!found) return NOT_JSON;
      const values = valuesAt(found.value, path);
      const wanted = equals === undefined ? undefined : fillValue(equals, fields);
      const holds = (value: JsonValue): boolean =>
        (wanted === undefined || firstDifference(wanted, value) === undefined || wanted === String(value)) &&
        (contains === undefined ||
          (typeof value === 'string' ? value : JSON.stringify(value)).includes(contains(fields)));
      const pass = values.some(holds) !== isNot;
      return verdict(pass, `${path} is ${values.length === 0 ? 'not there' : shown(JSON.stringify(values[0]))}`);
    };
  },
};

const jsonDiff: EvaluatorKind = {
  id: 'json-diff',
  family: 'structure',
  version: 1,
  summary: 'The JSON output equals the expected JSON, whatever the order of its keys.',
  options: {
    expected: { type: 'any', default: '{{expected}}', summary: 'The value, or JSON text.' },
    ignore: { type: 'texts', default: [], summary: 'JSON pointers that may differ.' },
    tolerance: { type: 'number', default: 0, summary: 'How far numbers may be apart.' },
    extra: { type: 'boolean', default: false, summary: 'Members that were not expected are allowed.' },
  },
  create(options) {
    const expected = options.raw('expected')!;
    const settings = {
      ignore: new Set(options.texts('ignore')),
      tolerance: options.number('tolerance'),
      extra: options.flag('extra'),
    };
    return ({ output, fields }) => {
      const found = jsonIn(output);
      if (!found) return NOT_JSON;
      // `{{expected}}` alone is the row's own value, whatever its type.
      const whole = typeof expected === 'string' ? /^\{\{([\w.-]+)\}\}$/.exec(expected)?.[1] : undefined;
      const filled = whole !== undefined && fields[whole] !== undefined ? fields[whole] : fillValue(expected, fields);
      const wanted = typeof filled === 'string' ? (jsonIn(filled)?.value ?? filled) : filled;
      const difference = firstDifference(wanted, found.value, settings);
      return verdict(difference === undefined, difference ?? '');
    };
  },
};

const toolCalls: EvaluatorKind = {
  id: 'tool-calls',
  family: 'structure',
  version: 1,
  summary: 'The answer calls the expected tools: their names, arguments and order.',
  options: {
    expected: {
      type: 'list',
      default: [],
      summary: 'Each a name, or `{ name, arguments }`; arguments that are left out are not compared.',
    },
    order: { type: 'text', default: 'strict', oneOf: ['strict', 'any'], summary: 'Whether their order counts.' },
    extra: { type: 'boolean', default: false, summary: 'Other calls are allowed between them.' },
    extraArguments: { type: 'boolean', default: false, summary: 'Arguments that were not expected are allowed.' },
  },
  create(options) {
    const isStrict = options.text('order') === 'strict';
    const settings = { extra: options.flag('extraArguments') };
    return ({ completion, fields }) => {
      const wanted = options.list('expected').map((call) => fillValue(call, fields));
      const left = [...(completion.toolCalls ?? [])];
      for (const call of wanted) {
        const at = left.findIndex((made) => isCall(call, made, settings));
        if (at < 0)
          return verdict(
            false,
            `no call of ${shown(nameOf(call))} as expected; called: ${shown((completion.toolCalls ?? []).map(({ name }) => name).join(', '))}`,
          );
        if (isStrict && at > 0 && !options.flag('extra'))
          return verdict(false, `${shown(left[0]!.name)} was called before ${shown(nameOf(call))}`);
        left.splice(isStrict ? 0 : at, isStrict ? at + 1 : 1);
      }
      return verdict(options.flag('extra') || left.length === 0, `${shown(left[0]?.name ?? '')} was called as well`);
    };
  },
};

function nameOf(call: JsonValue): string {
  return typeof call === 'string' ? call : String(isObject(call) ? call.name : '');
}

function isCall(
  wanted: JsonValue,
  made: { readonly name: string; readonly arguments: string },
  settings: { readonly extra: boolean },
): boolean {
  if (nameOf(wanted) !== made.name) return false;
  if (!isObject(wanted) || wanted.arguments === undefined) return true;
  const given = jsonIn(made.arguments);
  return given !== undefined && firstDifference(wanted.arguments, given.value, settings) === undefined;
}

const finishReason: EvaluatorKind = {
  id: 'finish-reason',
  family: 'structure',
  version: 1,
  summary: 'The answer ended for the right reason: it was not cut off or filtered.',
  options: {
    is: {
      type: 'texts',
      default: ['stop', 'tool-calls'],
      summary: 'stop, length, tool-calls, content-filter, refusal or other.',
    },
  },
  create(options) {
    const allowed = options.texts('is');
    return ({ completion }) =>
      verdict(allowed.includes(completion.finishReason), `the answer ended by ${completion.finishReason}`);
  },
};

const refusal: EvaluatorKind = {
  id: 'refusal',
  family: 'structure',
  version: 1,
  summary: "Whether the model declined, by the provider's own sign: it does not guess from words.",
  options: { expected: { type: 'boolean', default: false, summary: 'True passes only a refusal.' } },
  create(options) {
    const wanted = options.flag('expected');
    return ({ completion }) => {
      const declined =
        completion.refusal !== undefined ||
        completion.finishReason === 'refusal' ||
        completion.finishReason === 'content-filter';
      return verdict(declined === wanted, wanted ? 'the model answered' : 'the model declined');
    };
  },
};

export const structureKinds: readonly EvaluatorKind[] = [
  json,
  jsonSchema,
  jsonPath,
  jsonDiff,
  toolCalls,
  finishReason,
  refusal,
];
