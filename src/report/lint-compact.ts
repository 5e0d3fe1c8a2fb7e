import { printable } from './paint.ts';
import type { LintReport } from './lint-pretty.ts';

/** One line a finding, for editors and grep: file:line:column: severity: message [rule]. */
export function compactLint({ findings }: LintReport): string {
  return findings
    .map(
      ({ file, range, severity, message, ruleId }) =>
        `${printable(file)}:${range.start.line}:${range.start.column}: ${severity}: ${printable(message)} [${ruleId}]\n`,
    )
    .join('');
}
