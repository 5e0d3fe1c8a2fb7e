/** Thrown when a comparison has used up its steps; never leaves the room. */
export class OutOfSteps extends Error {}

/** Counts the steps of one comparison, so that hostile schemas end in `unknown` instead of running for hours. */
export interface Budget {
  /** Takes one step (or `steps` of them). Throws {@link OutOfSteps} when none are left. */
  spend(steps?: number): void;
}

export function createBudget(total: number): Budget {
  let left = total;
  return {
    spend(steps = 1) {
      left -= steps;
      if (left < 0) throw new OutOfSteps();
    },
  };
}
