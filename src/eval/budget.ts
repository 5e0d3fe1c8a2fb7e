/**
 * A bound on what a run may cost: the worst case is set aside before a request is sent and the real cost taken when its answer is there, so
 * that what is in flight can't cross the bound.
 */
export class Budget {
  readonly #maxUsd: number;
  #spent = 0;
  #reserved = 0;

  constructor(maxUsd: number) {
    this.#maxUsd = maxUsd;
  }

  get spentUsd(): number {
    return this.#spent;
  }

  /** Sets the worst case aside, or says that it does not fit. */
  reserve(worstUsd: number): boolean {
    // A cent of a millionth: sums of floats are not exact.
    if (this.#spent + this.#reserved + worstUsd > this.#maxUsd + 1e-9) return false;
    this.#reserved += worstUsd;
    return true;
  }

  settle(worstUsd: number): void {
    this.#reserved -= worstUsd;
  }

  pay(usd: number | undefined): void {
    this.#spent += usd ?? 0;
  }
}
