/**
 * Why the work had to stop, by exit code: `usage` 2, `config` 2, `unreadable` 3 (a file, or git, could not answer),
 * `provider` 4 (the answer is unknown), `refused` 1 (what was asked would break a promise).
 */
export type ErrorCode = 'usage' | 'config' | 'unreadable' | 'provider' | 'refused';

/** What stops the work: a message for people, and the way out as `hint`. Anything else that is thrown is our own bug. */
export class PromptctlError extends Error {
  override readonly name = 'PromptctlError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly hint?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
