import { PromptctlError } from '../../model/index.ts';
import type { Lines } from '../../store/index.ts';
import { objectAt, type Rows } from './row.ts';

/** JSON lines: a line is read and parsed when it is asked for. */
export function jsonlRows(lines: Lines, file: string): Rows {
  const place = (index: number): string => `${file}:${lines.numberOf(index)}`;
  return {
    length: lines.length,
    at(index) {
      try {
        return objectAt(JSON.parse(lines.line(index)), place(index));
      } catch (error) {
        if (error instanceof PromptctlError) throw error;
        throw new PromptctlError('config', `${place(index)} is no valid JSON`, { cause: error });
      }
    },
    place,
  };
}
