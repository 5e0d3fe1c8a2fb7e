import type { VersionStep } from '../release/index.ts';
import { printable } from './paint.ts';

/** A version step with the place where it stands. */
export interface PlacedStep extends VersionStep {
  readonly file: string;
  readonly line: number;
}

/** One line a version: what it was, what it is, which changes asked, and where it stands. */
export function prettySteps(steps: readonly PlacedStep[]): string {
  const rows = steps.map(({ id, from, to, kinds, level, file, line }) => [
    id ?? 'bundle',
    `${from} -> ${to}`,
    `(${kinds.length > 0 ? kinds.join(', ') : level})`,
    `${printable(file)}:${line}`,
  ]);
  const widths = [0, 1, 2].map((at) => Math.max(0, ...rows.map((row) => row[at]!.length)));
  return rows.map((row) => `${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('   ')}\n`).join('');
}
