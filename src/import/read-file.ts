import type { Draft, Note } from './draft.ts';
import type { Format } from './report.ts';

/** A file as read: its text, and the draft of a prompt. */
export interface ReadFile {
  readonly from: string;
  readonly format: Format;
  readonly text: string;
  /** Path of the prompt without extension. */
  readonly stem: string;
  readonly draft: Draft;
  readonly variants: readonly {
    readonly name: string;
    readonly from: string;
    readonly text: string;
    readonly notes: readonly Note[];
  }[];
}
