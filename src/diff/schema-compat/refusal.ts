/** Why a verdict is what it is. `path` is a JSON pointer: into the witness when there is one, otherwise into the values compared. */
export interface Reason {
  readonly keyword: string;
  readonly path: string;
  readonly message: string;
}

/** Thrown where a schema cannot be compared at all; caught at the door and told as the verdict. */
export class Refusal extends Error {
  readonly verdict: 'invalid' | 'unknown';
  readonly reason: Reason;

  constructor(verdict: 'invalid' | 'unknown', keyword: string, message: string, path = '') {
    super(message);
    this.verdict = verdict;
    this.reason = { keyword, path, message };
  }
}
