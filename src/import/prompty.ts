import { isObject, type JsonObject, type JsonValue, member, pointerTo } from '../model/index.ts';
import { mediaPart } from '../runtime/index.ts';
import type { Draft, DraftVariable, Note } from './draft.ts';
import { parseJinja } from './jinja/parse.ts';
import { objectOf, type Property, propertiesOf, schemaOf } from './kinds.ts';
import { namesFrom } from './names.ts';
import { promptyMessages } from './prompty-messages.ts';
import { withMedia } from './prompty-media.ts';
import { promptyModel } from './prompty-model.ts';
import { promptyTools } from './prompty-tools.ts';
import { Refusal } from './refusal.ts';
import { type FrontMatter, readFrontMatter, trimmed } from './source-text.ts';

/** The text of a file that `${file:name}` names, relative to the prompt; undefined where there is none. */
export type FindFile = (name: string) => string | undefined;

const FRONT_MATTER = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;
const CARRIED = new Set([
  'name',
  'description',
  'version',
  'tags',
  'model',
  'inputs',
  'inputSchema',
  'outputs',
  'outputSchema',
  'tools',
  'template',
  'sample',
  'metadata',
  'authors',
]);
/** Inputs that are shown or played, and not written. */
const MEDIA = new Set(['image', 'audio', 'file']);

/**
 * Reads a `.prompty` file of either version, by the rules of Prompty 2, which reads both: references resolved, the body rendered by
 * Jinja, the result split at its role markers.
 *
 * @throws Refusal where Prompty would fail, or promptctl has no words for it
 */
export function readPrompty(file: string, text: string, findFile: FindFile): Draft {
  const front = withFiles(splitFile(file, text), findFile);
  const { values, offsetOf } = front;
  refuseTemplate(values, offsetOf);
  const { notes: ofNames, ...names } = namesFrom(values, offsetOf);
  const notes: Note[] = [...ofNames];
  const declared = member(values, 'inputs') ?? member(values, 'inputSchema');
  const inputs = propertiesOf(declared);
  const media = inputs.filter(({ kind }) => kind !== undefined && MEDIA.has(kind));
  const offsetOfInput = ({ step }: Property): number =>
    offsetOf(pointerTo(member(values, 'inputs') === undefined ? '/inputSchema' : '/inputs', step));
  for (const input of inputs) refuseUnshown(input, media.includes(input), () => offsetOfInput(input));
  notes.push(...media.filter(({ kind }) => kind !== 'image').map((input) => untypedNote(input, offsetOfInput(input))));
  const threads = new Set(inputs.filter(({ kind }) => kind === 'thread').map(({ name }) => name));
  const segments = withMedia(parseJinja(front.body, front.bodyOffset), new Set(media.map(({ name }) => name)));
  const isStrict = member(member(member(values, 'template'), 'format'), 'strict') !== false;
  const messages = promptyMessages(segments, { threads, isStrict });
  if (messages.length === 0) throw new Refusal('The file has no text', front.bodyOffset);
  const histories = new Set(messages.flatMap((message) => ('history' in message ? [message.history] : [])));
  const variables = new Map(
    inputs
      .filter(({ name, kind }) => kind !== 'thread' || histories.has(name))
      .map((input) => [input.name, variableOf(input)] as const),
  );
  for (const name of histories) variables.set(name, { schema: { type: 'array' }, optional: true });
  return {
    ...names,
    ...promptyModel(values, offsetOf, notes),
    variables,
    messages,
    ...outputOf(values),
    tools: promptyTools(values, offsetOf, notes),
    testData: samplesOf(values, notes, offsetOf),
    metadata: metadataOf(values),
    notes: [...notes, ...lost(values, offsetOf)],
  };
}

/** @throws Refusal for a list of media, and for a default that is a file's name: a prompt of promptctl reads no file but its partials */
function refuseUnshown({ name, value }: Property, isShown: boolean, offset: () => number): void {
  const items = member(member(value, 'items'), 'kind');
  if (typeof items === 'string' && MEDIA.has(items))
    throw new Refusal(`\`${name}\` is a list of the kind ${items}: each of it needs an input of its own`, offset());
  const fallback = member(value, 'default') ?? member(value, 'sample');
  if (!isShown || fallback === undefined || fallback === null) return;
  try {
    mediaPart(fallback, undefined, '');
  } catch {
    throw new Refusal(`The default of \`${name}\` is no address and no data URL`, offset());
  }
}

function untypedNote({ name, kind }: Property, offset: number): Note {
  return {
    kind: 'changed',
    message: `\`${name}\` is of the kind ${kind}: a data URL says so itself; for an address write \`contentType\` into its {{media}}`,
    offset,
  };
}

function splitFile(file: string, text: string): FrontMatter {
  const plain = text.replace(/^\uFEFF/, '');
  const found = FRONT_MATTER.exec(plain);
  const shift = text.length - plain.length;
  const rest = found ? plain.slice(found[0].length) : plain;
  const body = trimmed(rest);
  const bodyOffset = shift + plain.length - rest.length + body.skipped;
  const yaml = found?.[1] ?? '';
  const offset = shift + (found ? found[0].indexOf('\n') + 1 : 0);
  return readFrontMatter(file, yaml, offset, body.text, bodyOffset);
}

const REFERENCE = /^\$\{(\w+):([^}]*)\}$/;

/** The front matter with what `${file:...}` names put in. What `${env:...}` names stays: it is the application's. */
function withFiles(front: FrontMatter, findFile: FindFile): FrontMatter {
  const resolve = (value: JsonValue, pointer: string): JsonValue => {
    if (typeof value === 'string') {
      const found = REFERENCE.exec(value);
      if (found?.[1]?.toLowerCase() !== 'file') return value;
      const text = findFile(found[2]!);
      if (text === undefined)
        throw new Refusal(`There is no file ${found[2]}, which \`${value}\` names`, front.offsetOf(pointer));
      return found[2]!.endsWith('.json') ? parsed(text, found[2]!, front.offsetOf(pointer)) : text;
    }
    if (Array.isArray(value))
      return (value as readonly JsonValue[]).map((one, at) => resolve(one, pointerTo(pointer, at)));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, pointerTo(pointer, key))]));
  };
  return { ...front, values: resolve(front.values, '') as JsonObject };
}

function parsed(text: string, name: string, offset: number): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new Refusal(`The file ${name} is no JSON: ${(error as Error).message}`, offset);
  }
}

function refuseTemplate(values: JsonObject, offsetOf: FrontMatter['offsetOf']): void {
  const template = member(values, 'template');
  const format = typeof template === 'string' ? template : (member(template, 'format') ?? member(template, 'type'));
  const kind = typeof format === 'string' ? format : (member(format, 'kind') ?? 'jinja2');
  if (kind !== 'jinja2' && kind !== 'nunjucks')
    throw new Refusal(
      `Templates of the kind ${JSON.stringify(kind)} are not read; jinja2 and nunjucks are`,
      offsetOf('/template'),
    );
  const parser = member(template, 'parser');
  const parserKind = typeof parser === 'string' ? parser : (member(parser, 'kind') ?? 'prompty');
  if (parserKind !== 'prompty')
    throw new Refusal(`The parser ${JSON.stringify(parserKind)} is not read`, offsetOf('/template/parser'));
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value)
    ? (value as readonly JsonValue[]).filter((one): one is string => typeof one === 'string')
    : [];
}

function variableOf({ kind, value }: ReturnType<typeof propertiesOf>[number]): DraftVariable {
  const schema = schemaOf({ kind, value });
  const fallback = member(value, 'default') ?? member(value, 'sample');
  if (fallback !== undefined && fallback !== null)
    return { schema: kind === undefined ? typeOf(fallback) : schema, default: fallback };
  return { schema, ...(member(value, 'required') === false ? { optional: true } : {}) };
}

function typeOf(value: JsonValue): JsonObject {
  return { type: Array.isArray(value) ? 'array' : typeof value };
}

function outputOf(values: JsonObject): Pick<Draft, 'responseFormat' | 'jsonSchema'> {
  const outputs = propertiesOf(member(values, 'outputs') ?? member(values, 'outputSchema'));
  if (outputs.length === 0) return {};
  return { responseFormat: 'json_schema', jsonSchema: { name: 'output', schema: objectOf(outputs) } };
}

/** One row of what the file shows as values of its inputs. */
function samplesOf(values: JsonObject, notes: Note[], offsetOf: FrontMatter['offsetOf']): readonly JsonObject[] {
  const sample = member(values, 'sample');
  const examples = propertiesOf(member(values, 'inputs')).flatMap(({ name, value }) => {
    const example = member(value, 'example');
    return example === undefined ? [] : [[name, example] as const];
  });
  if (sample !== undefined && !isObject(sample))
    notes.push({ kind: 'lost', message: 'The sample is no mapping', offset: offsetOf('/sample') });
  return [Object.fromEntries([...examples, ...Object.entries(isObject(sample) ? sample : {})])];
}

function metadataOf(values: JsonObject): JsonObject {
  const metadata = member(values, 'metadata');
  const owners = textsOf(member(values, 'authors') ?? member(metadata, 'authors'));
  const tags = textsOf(member(values, 'tags') ?? member(metadata, 'tags'));
  return { ...(owners.length > 0 ? { owners } : {}), ...(tags.length > 0 ? { tags } : {}) };
}

function* lost(values: JsonObject, offsetOf: FrontMatter['offsetOf']): Iterable<Note> {
  for (const key of Object.keys(values))
    if (!CARRIED.has(key))
      yield { kind: 'lost', message: `\`${key}\` has no counterpart`, offset: offsetOf(`/${key}`) };
}
