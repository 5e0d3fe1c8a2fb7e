import type { Range } from './position.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A replacement of the bytes between two UTF-16 offsets of the file. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A repair. A safe one leaves what the prompt means as it is; any other is applied only on request. */
export interface Fix {
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

/** A problem in the user's files: collected, positioned, sorted, never thrown. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  /** Relative to the workspace, with forward slashes. */
  readonly file: string;
  readonly range: Range;
  /** JSON pointer into the file's YAML. */
  readonly pointer: string;
  readonly promptId?: string;
  /** What to do about it. */
  readonly help?: string;
  readonly docs?: string;
  readonly fixes: readonly Fix[];
  /** Names the finding across edits: it covers rule, file, place and message, never line numbers. */
  readonly fingerprint: string;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.range.start.offset - b.range.start.offset ||
    RANK[a.severity] - RANK[b.severity] ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.message, b.message)
  );
}

/** Order by UTF-16 units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
