import type { DiffView } from './diff-view.ts';

/** One thing that CI asks of a pull request. */
export interface Gate {
  readonly name: 'lint' | 'tests' | 'budgets' | 'changes' | 'versions' | 'bundle' | 'waivers';
  /** `unknown`: git or a file could not answer. */
  readonly state: 'pass' | 'warn' | 'fail' | 'unknown' | 'skip';
  /** One line: what was looked at, or why it was not. */
  readonly summary: string;
  readonly details: readonly string[];
  /** What to do about it. */
  readonly hint?: string;
}

export interface CheckReport {
  readonly workspace: string;
  readonly gates: readonly Gate[];
  /** What changed against the default branch; absent where git could not say. */
  readonly diff?: DiffView;
}

/** A line that lets a bot find its own comment, one a workspace. */
export function checkMarker(workspace: string): string {
  return `<!-- promptctl-check: ${workspace.replaceAll('--', '- -')} -->`;
}

export function verdictOf({ gates }: CheckReport): 'pass' | 'fail' | 'unknown' {
  if (gates.some(({ state }) => state === 'fail')) return 'fail';
  return gates.some(({ state }) => state === 'unknown') ? 'unknown' : 'pass';
}
