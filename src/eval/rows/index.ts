import { parseDocument } from 'yaml';
import { type JsonValue, PromptctlError } from '../../model/index.ts';
import { csvRows, type TypeOf } from './csv.ts';
import { jsonlRows } from './jsonl.ts';
import { type Rows, rowsOf } from './row.ts';

export { joinRows, readRow, type Row, type Rows, rowsOf } from './row.ts';

/** The rows of a tests file, by its extension. @throws PromptctlError for another kind of file, or one that can't be read as its kind. */
export function parseRows(bytes: Uint8Array, file: string, typeOf?: TypeOf): Rows {
  const extension = /\.[^./]+$/.exec(file)?.[0].toLowerCase();
  switch (extension) {
    case '.jsonl':
    case '.ndjson':
      return jsonlRows(bytes, file);
    case '.csv':
      return csvRows(Buffer.from(bytes).toString('utf8'), file, typeOf);
    case '.yml':
    case '.yaml':
    case '.json':
      return yamlRows(Buffer.from(bytes).toString('utf8'), file);
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
