import { isObject, type JsonObject, type JsonValue, member } from '../model/index.ts';
import type { Draft, Note } from './draft.ts';
import { dotpromptVariables } from './dotprompt-inputs.ts';
import { dotpromptMessages } from './dotprompt-messages.ts';
import { type FindPartialText, parseHandlebars } from './handlebars/parse.ts';
import { namesFrom, textOf } from './names.ts';
import { parametersFrom } from './parameters.ts';
import { picoschema } from './picoschema.ts';
import { type FrontMatter, readFrontMatter, trimmed } from './source-text.ts';

const FRONT_MATTER = /^---\s*(?:\r\n|\r|\n)([\s\S]*?)(?:\r\n|\r|\n)---\s*(?:\r\n|\r|\n)([\s\S]*)$/;
const CARRIED = new Set(['name', 'description', 'model', 'config', 'input', 'output', 'tools', 'variant', 'version']);

/**
 * Reads a `.prompt` file as dotprompt 1.1 does.
 *
 * @throws Refusal where dotprompt would throw, or promptctl has no words for it
 */
export function readDotprompt(file: string, text: string, findPartial: FindPartialText): Draft {
  const front = splitFile(file, text);
  const notes: Note[] = [];
  const { values, offsetOf } = front;
  if (front.isWhole && /^---[ \t]*$/m.test(text))
    notes.push({
      kind: 'changed',
      message: 'dotprompt finds no front matter here and sends the whole file as text; so does this prompt',
      offset: 0,
    });
  const { notes: ofNames, ...names } = namesFrom(values, offsetOf);
  const parts = parseHandlebars(front.body, front.bodyOffset, findPartial);
  const input = member(values, 'input');
  const schema = schemaAt(member(input, 'schema'), '/input/schema', offsetOf);
  const given = member(input, 'default');
  const defaults = isObject(given) ? given : {};
  const isTaken = isObject(schema?.['properties']) && Object.hasOwn(schema['properties'], 'history');
  const messages = dotpromptMessages(parts, isTaken ? 'turns' : 'history', front.bodyOffset);
  const { variables, notes: ofVariables } = dotpromptVariables({ schema, defaults, messages, front });
  const config = member(values, 'config');
  const { parameters, notes: unknown } = parametersFrom(isObject(config) ? config : {}, 'config', (key) =>
    offsetOf(`/config/${key}`),
  );
  notes.push(...ofNames, ...ofVariables, ...unknown, ...lost(values, offsetOf));
  return {
    ...names,
    model: textOf(member(values, 'model')),
    modelParameters: parameters,
    variables,
    messages,
    ...outputOf(member(values, 'output'), offsetOf),
    tools: toolsOf(member(values, 'tools'), offsetOf, notes),
    notes,
  };
}

function splitFile(file: string, text: string): FrontMatter & { readonly isWhole: boolean } {
  const found = FRONT_MATTER.exec(text);
  const yaml = found?.[1] ?? '';
  // Without front matter dotprompt sends the file as it is, white space and all.
  if (!found || yaml === '') return { values: {}, body: text, bodyOffset: 0, offsetOf: () => 0, isWhole: true };
  const bodyStart = text.length - found[2]!.length;
  const body = trimmed(found[2]!);
  const offset = text.indexOf(yaml, 3);
  return { ...readFrontMatter(file, yaml, offset, body.text, bodyStart + body.skipped), isWhole: false };
}

function schemaAt(
  schema: JsonValue | undefined,
  pointer: string,
  offsetOf: FrontMatter['offsetOf'],
): JsonObject | undefined {
  return schema === undefined || schema === null ? undefined : picoschema(schema, (at) => offsetOf(pointer + at));
}

function outputOf(
  output: JsonValue | undefined,
  offsetOf: FrontMatter['offsetOf'],
): Pick<Draft, 'responseFormat' | 'jsonSchema'> {
  const schema = schemaAt(member(output, 'schema'), '/output/schema', offsetOf);
  if (schema) return { responseFormat: 'json_schema', jsonSchema: { name: 'output', schema } };
  const format = member(output, 'format');
  return format === 'json' ? { responseFormat: 'json_object' } : format === 'text' ? { responseFormat: 'text' } : {};
}

function toolsOf(
  tools: JsonValue | undefined,
  offsetOf: FrontMatter['offsetOf'],
  notes: Note[],
): readonly JsonObject[] {
  if (!Array.isArray(tools)) return [];
  const names = (tools as readonly JsonValue[]).filter((name): name is string => typeof name === 'string');
  if (names.length > 0)
    notes.push({
      kind: 'changed',
      message: `The tool${names.length > 1 ? 's' : ''} ${names.map((name) => `\`${name}\``).join(', ')}: only the name stood here; add description and parameters from the application's code`,
      offset: offsetOf('/tools'),
    });
  return names.map((name) => ({ name }));
}

function* lost(values: JsonObject, offsetOf: FrontMatter['offsetOf']): Iterable<Note> {
  for (const key of Object.keys(values))
    if (!CARRIED.has(key))
      yield { kind: 'lost', message: `\`${key}\` has no counterpart`, offset: offsetOf(`/${key}`) };
  const output = member(values, 'output');
  const format = member(output, 'format');
  if (typeof format === 'string' && !['json', 'text'].includes(format))
    yield {
      kind: 'lost',
      message: `The output format \`${format}\` has no counterpart`,
      offset: offsetOf('/output/format'),
    };
}
