/**
 * What reading found wrong, before it is a finding: the rule that speaks for it and UTF-16 offsets into the file.
 * The linter gives it a severity; render, compile and eval stop on those that are errors.
 */
export interface SourceProblem {
  readonly rule: string;
  readonly message: string;
  readonly help?: string;
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  /** Set where the problem stands in another file than the prompt: a partial. */
  readonly file?: string;
  readonly fix?: {
    readonly safe: boolean;
    readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  };
}
