import { type JsonObject, type JsonValue, PromptctlError } from '../../model/index.ts';
import type { Rows } from './row.ts';

/**
 * Comma-separated values with a header line (RFC 4180): quotes double, and a quoted cell may hold line breaks. Every cell is text,
 * but an empty one that is not quoted is no value at all, and a column whose variable is a number, a boolean, a list or an object is read as JSON.
 */
export function csvRows(text: string, file: string, typeOf: TypeOf = () => undefined): Rows {
  const [header, ...lines] = parseCsv(text.replace(/^\uFEFF/, ''), file);
  if (!header) return { length: 0, at: () => ({}), place: () => file };
  const names = header.cells.map((cell) => cell?.trim() ?? '');
  const empty = names.indexOf('');
  if (empty >= 0) throw new PromptctlError('config', `${file}:1: column ${empty + 1} has no name`);
  return {
    length: lines.length,
    at(index): JsonObject {
      const { cells, line } = lines[index]!;
      if (cells.length > names.length)
        throw new PromptctlError('config', `${file}:${line} has ${cells.length} cells under ${names.length} names`);
      return Object.fromEntries(
        names.flatMap((name, column) =>
          cells[column] === undefined ? [] : [[name, valueOf(cells[column], typeOf(name))]],
        ),
      );
    },
    place: (index) => `${file}:${lines[index]!.line}`,
  };
}

/** The JSON type that a variable declares. */
export type TypeOf = (variable: string) => string | undefined;

/** A cell that is not what its variable asks for stays a text: the prompt's own check says what is wrong with it. */
function valueOf(cell: string, type: string | undefined): JsonValue {
  if (type === undefined || type === 'string') return cell;
  try {
    return JSON.parse(cell) as JsonValue;
  } catch {
    return cell;
  }
}

interface CsvLine {
  readonly cells: readonly (string | undefined)[];
  readonly line: number;
}

function parseCsv(text: string, file: string): CsvLine[] {
  const lines: CsvLine[] = [];
  let cells: (string | undefined)[] = [];
  let line = 1;
  let startLine = 1;
  for (let at = 0; at <= text.length;) {
    const [cell, end] = text[at] === '"' ? quoted(text, at, file, line) : plain(text, at);
    for (let place = text.indexOf('\n', at); place >= 0 && place < end; place = text.indexOf('\n', place + 1)) line++;
    cells.push(cell);
    if (text[end] === ',') {
      at = end + 1;
      continue;
    }
    if (cells.length > 1 || cells[0] !== undefined) lines.push({ cells, line: startLine });
    cells = [];
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    startLine = ++line;
  }
  return lines;
}

function plain(text: string, start: number): readonly [string | undefined, number] {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && !text.startsWith('\r\n', end)) end++;
  return [end === start ? undefined : text.slice(start, end), end];
}

function quoted(text: string, start: number, file: string, line: number): readonly [string, number] {
  let cell = '';
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw new PromptctlError('config', `${file}:${line}: a quote is opened and never closed`);
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') return [cell, quote + 1];
    cell += '"';
    from = quote + 2;
  }
}
