import { PromptctlError } from '../../model/index.ts';
import { objectAt, type Rows } from './row.ts';

const NEWLINE = 0x0a;

/** JSON lines: only the places of the lines are kept, and a line is parsed when it is asked for. Empty lines count for nothing. */
export function jsonlRows(bytes: Uint8Array, file: string): Rows {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts: number[] = [];
  const lines: number[] = [];
  let start = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? 3 : 0;
  for (let line = 1; start < buffer.length; line++) {
    const found = buffer.indexOf(NEWLINE, start);
    const end = found < 0 ? buffer.length : found;
    if (!isBlank(buffer, start, end)) {
      starts.push(start, end);
      lines.push(line);
    }
    start = end + 1;
  }
  const ends = Float64Array.from(starts);
  const numbers = Uint32Array.from(lines);
  const place = (index: number): string => `${file}:${numbers[index]}`;
  return {
    length: numbers.length,
    at(index) {
      const text = buffer.toString('utf8', ends[2 * index], ends[2 * index + 1]);
      try {
        return objectAt(JSON.parse(text), place(index));
      } catch (error) {
        if (error instanceof PromptctlError) throw error;
        throw new PromptctlError('config', `${place(index)} is no valid JSON`, { cause: error });
      }
    },
    place,
  };
}

function isBlank(buffer: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (buffer[at]! > 0x20) return false;
  return true;
}
