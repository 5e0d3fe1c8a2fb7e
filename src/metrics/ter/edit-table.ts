// Tercom's edit distance: only a band around the diagonal is computed, 25 cells to each side, wider where the lengths differ a lot.
const BEAM_WIDTH = 25;
const UNREACHED = 1e9;

/** What a step of the alignment does to the hypothesis. */
export type Edit = 'keep' | 'substitute' | 'delete' | 'insert';

/** The costs of a hypothesis against a reference, kept so that a variant of it is computed only where the two differ. */
export class EditTable {
  readonly #reference: Int32Array;
  readonly #hypothesis: Int32Array;
  readonly #beam: number;
  readonly #ratio: number;
  readonly #rows: Int32Array[];
  readonly #scratch: readonly [Int32Array, Int32Array];

  constructor(hypothesis: Int32Array, reference: Int32Array) {
    this.#hypothesis = hypothesis;
    this.#reference = reference;
    this.#ratio = hypothesis.length > 0 ? reference.length / hypothesis.length : 1;
    this.#beam = BEAM_WIDTH < this.#ratio / 2 ? Math.ceil(this.#ratio / 2 + BEAM_WIDTH) : BEAM_WIDTH;
    this.#rows = [Int32Array.from({ length: reference.length + 1 }, (_, column) => column)];
    for (let row = 1; row <= hypothesis.length; row++) {
      const costs = new Int32Array(this.#to(row) - this.#from(row));
      this.#fillRow(costs, this.#rows[row - 1]!, hypothesis[row - 1]!, row);
      this.#rows.push(costs);
    }
    this.#scratch = [new Int32Array(reference.length + 1), new Int32Array(reference.length + 1)];
  }

  get distance(): number {
    return this.#cost(this.#hypothesis.length, this.#reference.length);
  }

  /** The distance of a hypothesis with the same words in another order, different only from word `from` to before word `to`. */
  distanceOf(variant: Int32Array, from: number, to: number): number {
    let above = this.#rows[from]!;
    // Two rows take turns: this runs a thousand times for one text.
    let [costs, spare] = this.#scratch;
    for (let row = from + 1; row <= variant.length; row++) {
      this.#fillRow(costs, above, variant[row - 1]!, row);
      if (row >= to) {
        // From here on the words are the same again: rows that differ by a constant go on doing so.
        const known = this.#rows[row]!;
        const ahead = costs[0]! - known[0]!;
        let at = known.length - 1;
        while (at > 0 && costs[at] === known[at]! + ahead) at--;
        if (at === 0) return this.distance + ahead;
      }
      above = costs;
      [costs, spare] = [spare, costs];
    }
    return above[this.#to(variant.length) - this.#from(variant.length) - 1]!;
  }

  /** The cheapest edits from hypothesis to reference; among equals Tercom prefers to keep or substitute, then to delete. */
  edits(): Edit[] {
    const edits: Edit[] = [];
    let row = this.#hypothesis.length;
    let column = this.#reference.length;
    while (row > 0 || column > 0) {
      const cost = this.#cost(row, column);
      const isSame = row > 0 && column > 0 && this.#hypothesis[row - 1] === this.#reference[column - 1];
      if (row > 0 && column > 0 && cost === this.#cost(row - 1, column - 1) + (isSame ? 0 : 1)) {
        edits.push(isSame ? 'keep' : 'substitute');
        row--;
        column--;
      } else if (row > 0 && cost === this.#cost(row - 1, column) + 1) {
        edits.push('delete');
        row--;
      } else {
        edits.push('insert');
        column--;
      }
    }
    return edits.reverse();
  }

  /** The band of a row: the columns from here to before `#to`. The first row and the end of the last are whole. */
  #from(row: number): number {
    return row === 0 ? 0 : Math.max(0, Math.floor(row * this.#ratio) - this.#beam);
  }

  #to(row: number): number {
    const end = this.#reference.length + 1;
    return row === 0 || row === this.#hypothesis.length
      ? end
      : Math.min(end, Math.floor(row * this.#ratio) + this.#beam);
  }

  #cost(row: number, column: number): number {
    return column >= this.#from(row) && column < this.#to(row)
      ? this.#rows[row]![column - this.#from(row)]!
      : UNREACHED;
  }

  #fillRow(costs: Int32Array, above: Int32Array, word: number, row: number): void {
    const reference = this.#reference;
    const from = this.#from(row);
    const to = this.#to(row);
    const aboveFrom = this.#from(row - 1);
    const aboveTo = this.#to(row - 1);
    let left = UNREACHED;
    let corner = from > aboveFrom && from <= aboveTo ? above[from - 1 - aboveFrom]! : UNREACHED;
    for (let column = from; column < to; column++) {
      const over = column < aboveTo ? above[column - aboveFrom]! : UNREACHED;
      const replaced = column > 0 && word === reference[column - 1] ? corner : corner + 1;
      left = Math.min(replaced, over + 1, left + 1, UNREACHED);
      costs[column - from] = left;
      corner = over;
    }
  }
}
