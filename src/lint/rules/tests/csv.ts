/** One record of a CSV file (RFC 4180), by the names of its header. */
export interface CsvRecord {
  readonly values: Readonly<Record<string, string>>;
  readonly start: number;
  readonly end: number;
}

export function csvRecords(text: string): CsvRecord[] {
  const [header, ...records] = recordsOf(text);
  if (!header) return [];
  const names = header.fields.map((name) => name.trim());
  return records.map(({ fields, start, end }) => ({
    values: Object.fromEntries(
      names.flatMap((name, at) => (name === '' || fields[at] === undefined ? [] : [[name, fields[at]]])),
    ),
    start,
    end,
  }));
}

interface RawRecord {
  readonly fields: string[];
  readonly start: number;
  readonly end: number;
}

/** A field: in quotes, where a doubled quote is one, or up to the next comma or line end. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/y;

function recordsOf(text: string): RawRecord[] {
  const records: RawRecord[] = [];
  let fields: string[] = [];
  let start = 0;
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const at = FIELD.lastIndex;
    const found = FIELD.exec(text);
    // A quote that is never closed, or that closes inside a field: what can't be cut is left alone.
    if (!found) break;
    fields.push(found[1] === undefined ? found[2]! : found[1].replaceAll('""', '"'));
    if (found[3] === ',' && FIELD.lastIndex < text.length) continue;
    const end = at + found[0].length - found[3]!.length;
    if (fields.length > 1 || fields[0] !== '') records.push({ fields, start, end });
    fields = [];
    start = FIELD.lastIndex;
  }
  return records;
}
