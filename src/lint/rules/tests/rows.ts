import { posix } from 'node:path';
import { isObject, type JsonObject, pointerTo } from '../../../model/index.ts';
import { decode, type LoadedPrompt, YamlFile } from '../../../workspace/index.ts';
import type { Place, PromptContext } from '../../rule.ts';
import { csvRecords } from './csv.ts';

/** A test row with its place: in `testData`, or in the file that `tests:` names. */
export interface Row {
  readonly values: JsonObject;
  readonly at: Place;
  /** Set for a row of a tests file. */
  readonly file?: string;
  placeOf(key: string): Place;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Why the tests file could not be read as rows. */
  readonly trouble?: string;
}

/** Larger files are data sets, and read by eval alone. */
const MAX_BYTES = 1024 * 1024;

const cache = new WeakMap<LoadedPrompt, Rows>();

/** Every row of a prompt's tests, read once for all rules. */
export function rowsOf(context: PromptContext): Rows {
  let rows = cache.get(context.file);
  if (!rows) cache.set(context.file, (rows = readRows(context)));
  return rows;
}

function readRows(context: PromptContext): Rows {
  const own = context.prompt.testData.map(({ values, pointer }): Row => ({
    values,
    at: { pointer },
    placeOf: (key) => ({ pointer: pointerTo(pointer, key), part: 'key' }),
  }));
  const { testsFile } = context.prompt;
  if (testsFile === undefined) return { rows: own };
  const path = posix.normalize(posix.join(posix.dirname(context.file.file), testsFile));
  const content = context.workspace.source.read([path]).get(path);
  if (!content) return { rows: own, trouble: 'is not there' };
  if (!('bytes' in content))
    return content.trouble === 'too-large' ? { rows: own } : { rows: own, trouble: content.message };
  if (content.bytes.length > MAX_BYTES) return { rows: own };
  const decoded = decode(content.bytes);
  if ('message' in decoded) return { rows: own, trouble: decoded.message };
  const read = parse(path, decoded.text.replace(/^\uFEFF/, ' '));
  if (typeof read === 'string') return { rows: own, trouble: read };
  return read.length === 0 ? { rows: own, trouble: 'holds no rows' } : { rows: [...own, ...read] };
}

/** The rows of a tests file, or why it has none. */
function parse(file: string, text: string): Row[] | string {
  switch (posix.extname(file).toLowerCase()) {
    case '.jsonl':
    case '.ndjson':
      return jsonLines(file, text);
    case '.csv':
      return csvRecords(text).map(({ values, start, end }) => rowAt(file, values, start, end));
    case '.yml':
    case '.yaml':
    case '.json':
      return yamlRows(file, text);
    default:
      return 'is no .jsonl, .csv or .yaml file';
  }
}

function jsonLines(file: string, text: string): Row[] | string {
  const rows: Row[] = [];
  let start = 0;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() !== '') {
      const value = parseJson(line);
      if (!isObject(value)) return `has no JSON object in line ${at + 1}`;
      rows.push(rowAt(file, value, start, start + line.trimEnd().length));
    }
    start += line.length + 1;
  }
  return rows;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says which line it is; the parser's own words add nothing.
    return undefined;
  }
}

function yamlRows(file: string, text: string): Row[] | string {
  const yaml = new YamlFile(file, text);
  if (yaml.problems.length > 0) return `is not YAML: ${yaml.problems[0]!.message}`;
  if (!Array.isArray(yaml.value)) return 'is no list of rows';
  return yaml.value.flatMap((values: unknown, at): Row[] => {
    if (!isObject(values)) return [];
    const { start, end } = yaml.rangeOf(`/${at}`);
    return [rowAt(file, values, start.offset, end.offset)];
  });
}

function rowAt(file: string, values: JsonObject, start: number, end: number): Row {
  const at: Place = { pointer: '/tests', file, offsets: [start, end] };
  return { values, at, file, placeOf: () => at };
}
