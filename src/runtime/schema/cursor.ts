import { describe, pointerStep, type SchemaProblem } from './problem.ts';

/** A value nested deeper than this is refused: hostile or cyclic values must not exhaust the stack. */
export const MAX_DEPTH = 512;

/** No more problems than this are kept: a million wrong list members say no more than fifty. */
const MAX_PROBLEMS = 50;

/** Where a validation stands: the keys that lead to the current value, and what was found so far. */
export interface Cursor {
  readonly keys: (string | number)[];
  problems: SchemaProblem[];
  /** Counts on where `problems` is full, so that alternatives can still tell success from failure. */
  failures: number;
  depth: number;
}

/** Looks at a value and puts what is wrong with it on the cursor. */
export type Check = (value: unknown, at: Cursor) => void;

/** Thrown through the checks, and caught by the one validation it ends. */
export const TOO_DEEP: Error = /* @__PURE__ */ new Error('too deep');

export const newCursor = (): Cursor => ({ keys: [], problems: [], failures: 0, depth: 0 });

/** Records a failure of `keyword`; `schemaPath` ends with it. */
export function fail(at: Cursor, schemaPath: string, expected: string, value: unknown, received?: string): void {
  at.failures++;
  keep(at, {
    path: at.keys.map(pointerStep).join(''),
    keyword: schemaPath.slice(schemaPath.lastIndexOf('/') + 1),
    message: `expected ${expected}, got ${received ?? describe(value)}`,
    expected,
    schemaPath,
  });
}

export function keep(at: Cursor, problem: SchemaProblem): void {
  if (at.problems.length < MAX_PROBLEMS) at.problems.push(problem);
}

/** Checks the member of a list or object under `key`. */
export function checkMember(check: Check, value: unknown, key: string | number, at: Cursor): void {
  at.keys.push(key);
  check(value, at);
  at.keys.pop();
}

/** The problems `check` finds, kept apart from those of the cursor. */
export function attempt(check: Check, value: unknown, at: Cursor): SchemaProblem[] | undefined {
  const { problems, failures } = at;
  at.problems = [];
  check(value, at);
  const found = at.failures > failures ? at.problems : undefined;
  at.problems = problems;
  at.failures = failures;
  return found;
}
