import type { Note } from './draft.ts';

export type Format = 'github' | 'dotprompt' | 'prompty';

export interface PlacedNote {
  readonly kind: Note['kind'];
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A prompt in promptctl's strict form, proven to hold the messages that were read. */
export interface Converted {
  readonly from: string;
  readonly format: Format;
  /** Relative to the folder of the prompts. */
  readonly path: string;
  readonly id: string;
  readonly text: string;
  /** Files that are variants of it: name of the variant, path of the file. */
  readonly variants: readonly { readonly name: string; readonly from: string }[];
  readonly notes: readonly PlacedNote[];
}

export interface Refused {
  readonly from: string;
  readonly format: Format;
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export interface ImportReport {
  readonly converted: readonly Converted[];
  readonly refused: readonly Refused[];
  /** Partials of dotprompt: their text stands in the prompts that include them. */
  readonly partials: readonly string[];
}
