/** One thing wrong with the values of a render, or with an output. `path` is a JSON pointer whose first part is the variable. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

export type RuntimeErrorCode =
  | 'bundle-invalid'
  | 'bundle-version'
  | 'prompt-unknown'
  | 'variant-unknown'
  | 'values-invalid'
  | 'value-unprintable'
  | 'media-invalid'
  | 'media-unsupported'
  | 'nonce-invalid';

/** What the runtime throws: a stable `code`, a message for people, and every problem found. */
export class PromptError extends Error {
  override readonly name = 'PromptError';
  readonly code: RuntimeErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: RuntimeErrorCode, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.code = code;
    this.problems = problems;
  }
}
