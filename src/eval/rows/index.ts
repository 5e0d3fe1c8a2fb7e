import { parseDocument } from 'yaml';
import { type JsonValue, PromptctlError } from '../../model/index.ts';
import { csvRows, type TypeOf } from './csv.ts';
import { type Rows, rowsOf } from './row.ts';

export { jsonlRows } from './jsonl.ts';
export { joinRows, readRow, type Row, type Rows, rowsOf } from './row.ts';

/** True for a file whose rows are read line by line, and need not stand in memory. */
export function isJsonLines(file: string): boolean {
  return /\.(jsonl|ndjson)$/i.test(file);
}

/** The rows of a tests file of another kind. @throws PromptctlError for a kind that is not known, or a file that can't be read as its kind. */
export function parseRows(bytes: Uint8Array, file: string, typeOf?: TypeOf): Rows {
  const text = Buffer.from(bytes).toString('utf8');
  switch (/\.[^./]+$/.exec(file)?.[0].toLowerCase()) {
    case '.csv':
      return csvRows(text, file, typeOf);
    case '.yml':
    case '.yaml':
    case '.json':
      return yamlRows(text, file);
    default:
      throw new PromptctlError('config', `${file}: tests are read from .jsonl, .csv, .yaml and .json files`);
  }
}

function yamlRows(text: string, file: string): Rows {
  const document = parseDocument(text, { version: '1.2' });
  const [error] = document.errors;
  if (error) throw new PromptctlError('config', `${file}: ${error.message}`);
  const value = document.toJS({ maxAliasCount: 100 }) as JsonValue;
  if (!Array.isArray(value)) throw new PromptctlError('config', `${file} is no list of rows`);
  return rowsOf(value, file);
}
