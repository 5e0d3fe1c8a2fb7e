import type { Finding } from '../../src/model/index.ts';
import type { LintReport } from '../../src/report/lint-pretty.ts';

let count = 0;

/** A finding that says what a test is about, and is ordinary otherwise. */
export function finding(more: Partial<Finding> = {}): Finding {
  count++;
  return {
    ruleId: 'security/untrusted-in-system',
    severity: 'error',
    message: 'The ticket is read as instructions',
    file: 'prompts/support/triage.prompt.yml',
    range: { start: { line: 4, column: 9, offset: 60 }, end: { line: 4, column: 19, offset: 70 } },
    pointer: '/messages/0/content',
    fixes: [],
    fingerprint: count.toString(16).padStart(16, '0'),
    ...more,
  };
}

export function reportOf(findings: readonly Finding[]): LintReport {
  return { findings, files: 3, suppressed: 0 };
}
