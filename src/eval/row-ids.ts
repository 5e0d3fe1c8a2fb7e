import { hash } from 'node:crypto';
import { canonicalJson, PromptctlError } from '../model/index.ts';
import type { Row } from './rows/index.ts';

const HEX_DIGITS = 12;

/**
 * The ids of one prompt's rows: `$id`, or 12 hex digits that follow from the prompt and the row's own fields, so that they survive a
 * change of order or of name. A row that repeats another gets a number at the end.
 */
export class RowIds {
  readonly #promptId: string;
  readonly #seen: SeenIds;
  readonly #digests: Float64Array;
  readonly #repeatByIndex = new Map<number, number>();
  readonly #givenByIndex = new Map<number, string>();
  readonly #given = new Set<string>();

  constructor(promptId: string, rows: number) {
    this.#promptId = promptId;
    this.#seen = new SeenIds(rows);
    this.#digests = new Float64Array(rows);
  }

  /** Takes a row in, in the order of the file. @throws PromptctlError for a `$id` given twice. */
  add(index: number, row: Row): void {
    if (row.id === undefined) {
      const digest = this.#digest(row);
      const repeat = this.#seen.count(digest);
      this.#digests[index] = digest;
      if (repeat > 1) this.#repeatByIndex.set(index, repeat);
    } else {
      if (this.#given.has(row.id))
        throw new PromptctlError('config', `${this.#promptId}: two rows have the $id ${row.id}`);
      this.#given.add(row.id);
      this.#givenByIndex.set(index, row.id);
    }
  }

  /** The id that `add` gave a row. */
  idOf(index: number): string {
    const given = this.#givenByIndex.get(index);
    if (given !== undefined) return given;
    const id = this.#digests[index]!.toString(16).padStart(HEX_DIGITS, '0');
    const repeat = this.#repeatByIndex.get(index);
    return repeat === undefined ? id : `${id}-${repeat}`;
  }

  /** The shard of a sample, from 1 to `of`: the same on every machine. */
  static shardOf(id: string, of: number): number {
    return (hash('sha256', id, 'buffer').readUInt32BE(0) % of) + 1;
  }

  #digest({ fields }: Row): number {
    return hash('sha256', `${this.#promptId}\n${canonicalJson(fields)}`, 'buffer').readUIntBE(0, HEX_DIGITS / 2);
  }
}

/**
 * How often each number was seen: an open-addressing table over typed arrays, a sixth of what a Map of as many would take. Numbers are
 * 48 bits of a digest, so they spread by themselves; 0, which marks a free place, is as good as impossible.
 */
class SeenIds {
  readonly #keys: Float64Array;
  readonly #counts: Uint32Array;

  /** @param most how many will be counted, at most */
  constructor(most: number) {
    // Half of it stays free, so that a search soon meets a free place.
    const size = 2 ** Math.ceil(Math.log2(2 * most + 1));
    this.#keys = new Float64Array(size);
    this.#counts = new Uint32Array(size);
  }

  /** Counts one more, and gives how many it makes. */
  count(key: number): number {
    const place = this.#placeOf(key);
    this.#keys[place] = key;
    return ++this.#counts[place]!;
  }

  #placeOf(key: number): number {
    const mask = this.#keys.length - 1;
    let place = key % this.#keys.length;
    while (this.#keys[place] !== 0 && this.#keys[place] !== key) place = (place + 1) & mask;
    return place;
  }
}
