import { posix } from 'node:path';
import { isObject, type JsonValue, member } from '../../model/index.ts';
import type { ResponseFormatJson } from '../../runtime/index.ts';
import type { SourceProblem } from '../problem.ts';
import type { YamlFile } from '../yaml/yaml-file.ts';

/** Reads a file that a prompt names, relative to the workspace; a string is why it can't be read. */
export type ReadText = (path: string) => { readonly text: string } | string;

const POINTER = '/jsonSchema';

/** `responseFormat` and `jsonSchema` together: the schema a mapping, GitHub's JSON text, or a file. */
export function readResponseFormat(
  yaml: YamlFile,
  problems: SourceProblem[],
  readText: ReadText,
): ResponseFormatJson | undefined {
  const type = member(yaml.value, 'responseFormat');
  const written = member(yaml.value, 'jsonSchema');
  const named = type === 'text' || type === 'json_object' || type === 'json_schema' ? type : undefined;
  if (written === undefined || written === null) return named === undefined ? undefined : { type: named };
  const fail = (message: string, help?: string): undefined => {
    const { start, end } = yaml.rangeOf(POINTER);
    problems.push({
      rule: 'output/schema-invalid',
      message,
      start: start.offset,
      end: end.offset,
      pointer: POINTER,
      ...(help ? { help } : {}),
    });
    return undefined;
  };
  const envelope = readEnvelope(yaml.file, written, readText, fail);
  if (!envelope) return named === undefined ? undefined : { type: named };
  const { name, strict, schema } = envelope;
  return {
    type: named ?? 'json_schema',
    name: typeof name === 'string' ? name : 'output',
    ...(typeof strict === 'boolean' ? { strict } : {}),
    schema: JSON.stringify(schema),
  };
}

interface Envelope {
  readonly name?: JsonValue | undefined;
  readonly strict?: JsonValue | undefined;
  readonly schema: JsonValue;
}

type Fail = (message: string, help?: string) => undefined;

function readEnvelope(file: string, written: JsonValue, readText: ReadText, fail: Fail): Envelope | undefined {
  if (typeof written === 'string') {
    const parsed = parseJson(written);
    if (typeof parsed === 'string') return fail(`\`jsonSchema\` is not JSON: ${parsed}`);
    return envelopeOf(parsed.value, 'output') ?? fail('`jsonSchema` must hold an object');
  }
  const reference = member(written, '$ref');
  if (typeof reference !== 'string' || Object.keys(written ?? {}).length > 1) {
    return envelopeOf(written, 'output') ?? fail('`jsonSchema` must be a mapping');
  }
  const path = posix.normalize(posix.join(posix.dirname(file), reference));
  if (path.startsWith('../') || posix.isAbsolute(reference))
    return fail(`\`${reference}\` leaves the workspace`, 'keep the schema beside the prompts');
  const read = readText(path);
  if (typeof read === 'string') return fail(`\`${reference}\` ${read}`, `the path is relative to ${file}`);
  const parsed = parseJson(read.text);
  if (typeof parsed === 'string') return fail(`\`${reference}\` is not JSON: ${parsed}`);
  const name = posix
    .basename(path)
    .replace(/(?:\.schema)?\.json$/, '')
    .replace(/[^\w-]/g, '_');
  return envelopeOf(parsed.value, name) ?? fail(`\`${reference}\` must hold an object`);
}

/** `{ name, strict, schema }`, or a bare schema: strict then, and named after its file. */
function envelopeOf(value: JsonValue, name: string): Envelope | undefined {
  if (!isObject(value)) return undefined;
  const schema = member(value, 'schema');
  const isBare = schema === undefined || typeof schema === 'string';
  return isBare
    ? { name, strict: true, schema: value }
    : { name: member(value, 'name') ?? name, strict: member(value, 'strict'), schema };
}

function parseJson(text: string): { value: JsonValue } | string {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch (cause) {
    return (cause as Error).message;
  }
}
