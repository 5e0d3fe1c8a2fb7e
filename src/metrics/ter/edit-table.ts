// Tercom's edit distance: only a band around the diagonal is computed, 25 cells to each side, wider where the lengths differ a lot.
const BEAM_WIDTH = 25;
const UNREACHED = 1e9;

interface Row {
  readonly from: number;
  readonly costs: Int32Array;
}

/** What a step of the alignment does to the hypothesis. */
export type Edit = 'keep' | 'substitute' | 'delete' | 'insert';

const costAt = (row: Row, column: number): number => row.costs[column - row.from] ?? UNREACHED;

/** The rows of one hypothesis, so that a variant of it starts where the two begin to differ. */
export class EditTable {
  readonly #reference: Int32Array;
  readonly #hypothesis: Int32Array;
  readonly #rows: Row[];

  constructor(hypothesis: Int32Array, reference: Int32Array) {
    this.#hypothesis = hypothesis;
    this.#reference = reference;
    this.#rows = [{ from: 0, costs: Int32Array.from({ length: reference.length + 1 }, (_, column) => column) }];
    for (let row = 1; row <= hypothesis.length; row++)
      this.#rows.push(this.#nextRow(this.#rows[row - 1]!, hypothesis, row));
  }

  get distance(): number {
    return costAt(this.#rows.at(-1)!, this.#reference.length);
  }

  /** The distance of a hypothesis with the same words in another order, equal up to `from`. */
  distanceOf(variant: Int32Array, from: number): number {
    let last = this.#rows[from]!;
    for (let row = from + 1; row <= variant.length; row++) last = this.#nextRow(last, variant, row);
    return costAt(last, this.#reference.length);
  }

  /** The cheapest edits from hypothesis to reference; among equals Tercom prefers to keep or substitute, then to delete. */
  edits(): Edit[] {
    const edits: Edit[] = [];
    let row = this.#hypothesis.length;
    let column = this.#reference.length;
    while (row > 0 || column > 0) {
      const cost = costAt(this.#rows[row]!, column);
      const isSame = row > 0 && column > 0 && this.#hypothesis[row - 1] === this.#reference[column - 1];
      if (row > 0 && column > 0 && cost === costAt(this.#rows[row - 1]!, column - 1) + (isSame ? 0 : 1)) {
        edits.push(isSame ? 'keep' : 'substitute');
        row--;
        column--;
      } else if (row > 0 && cost === costAt(this.#rows[row - 1]!, column) + 1) {
        edits.push('delete');
        row--;
      } else {
        edits.push('insert');
        column--;
      }
    }
    return edits.reverse();
  }

  #nextRow(above: Row, hypothesis: Int32Array, row: number): Row {
    const reference = this.#reference;
    const ratio = reference.length / hypothesis.length;
    const beam = BEAM_WIDTH < ratio / 2 ? Math.ceil(ratio / 2 + BEAM_WIDTH) : BEAM_WIDTH;
    const diagonal = Math.floor(row * ratio);
    const from = Math.max(0, diagonal - beam);
    const to = row === hypothesis.length ? reference.length + 1 : Math.min(reference.length + 1, diagonal + beam);
    const costs = new Int32Array(Math.max(0, to - from));
    const word = hypothesis[row - 1];
    let left = UNREACHED;
    let corner = from === 0 ? UNREACHED : costAt(above, from - 1);
    for (let column = from; column < to; column++) {
      const over = costAt(above, column);
      const replaced = column > 0 && word === reference[column - 1] ? corner : corner + 1;
      left = Math.min(replaced, over + 1, left + 1, UNREACHED);
      costs[column - from] = left;
      corner = over;
    }
    return { from, costs };
  }
}
