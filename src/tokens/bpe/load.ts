import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EncodingSpec } from './encodings.ts';
import { type Tables, readTables } from './tables/format.ts';
import { buildTables } from './tables/vocabulary.ts';

/** The folder of tables as seen from a bundle in dist, and from this source file. */
const FOLDERS = ['./tokens/', '../../../dist/tokens/'];

const tablesByName = new Map<string, Tables>();

/** An encoding's tables; o200k_base and o200k_harmony share theirs. */
export function tablesOf(spec: EncodingSpec): Tables {
  const name = `${spec.file} ${spec.size}`;
  const tables = tablesByName.get(name) ?? loadTables(spec);
  tablesByName.set(name, tables);
  return tables;
}

/** Opens an encoding's one file; a rare encoding's holds only the vocabulary, and its tables are rebuilt here. */
function loadTables({ file, size }: EncodingSpec): Tables {
  const path = pathOf(`${file}.bin`);
  const stored = readTables((at, length) => readPart(path, at, length));
  if (stored.pieces.length > 0) return stored;
  return buildTables(stored, size, stored.charClasses);
}

function readPart(path: string, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, bytes, 0, length, at) < length) throw new Error(`${path} is cut off`);
  } finally {
    closeSync(file);
  }
  return bytes;
}

function pathOf(name: string): string {
  for (const folder of FOLDERS) {
    const path = fileURLToPath(new URL(folder + name, import.meta.url));
    if (existsSync(path)) return path;
  }
  throw new Error(`Token table ${name} is missing: run the build, which makes dist/tokens`);
}
