import { createHash } from 'node:crypto';
import { canonicalJson, PromptctlError } from '../model/index.ts';
import type { Row } from './rows/index.ts';

/**
 * The ids of one prompt's rows: `$id`, or 16 hex digits that follow from the prompt and the row's own fields, so that they survive a
 * change of order or of name. A row that repeats another gets a number at the end.
 */
export class RowIds {
  readonly #promptId: string;
  /** How often an id was seen, by 52 bits of it: a number is cheaper to keep than its text. */
  readonly #seen = new Map<number, number>();
  readonly #repeatByIndex = new Map<number, number>();
  readonly #given = new Set<string>();

  constructor(promptId: string) {
    this.#promptId = promptId;
  }

  /** Takes a row in, in the order of the file. @throws PromptctlError for a `$id` given twice. */
  add(index: number, row: Row): string {
    if (row.id !== undefined) {
      if (this.#given.has(row.id))
        throw new PromptctlError('config', `${this.#promptId}: two rows have the $id ${row.id}`);
      this.#given.add(row.id);
      return row.id;
    }
    const id = this.#digest(row);
    const bits = Number.parseInt(id.slice(0, 13), 16);
    const repeat = (this.#seen.get(bits) ?? 0) + 1;
    this.#seen.set(bits, repeat);
    if (repeat > 1) this.#repeatByIndex.set(index, repeat);
    return repeat === 1 ? id : `${id}-${repeat}`;
  }

  /** The id that `add` gave a row. */
  idOf(index: number, row: Row): string {
    if (row.id !== undefined) return row.id;
    const repeat = this.#repeatByIndex.get(index);
    const id = this.#digest(row);
    return repeat === undefined ? id : `${id}-${repeat}`;
  }

  /** The shard of a sample, from 1 to `of`: the same on every machine. */
  static shardOf(id: string, of: number): number {
    return (createHash('sha256').update(id).digest().readUInt32BE(0) % of) + 1;
  }

  #digest(row: Row): string {
    return createHash('sha256')
      .update(`${this.#promptId}\n${canonicalJson(row.fields)}`)
      .digest('hex')
      .slice(0, 16);
  }
}
