import type { Severity } from '../model/index.ts';
import type { LintReport } from './lint-pretty.ts';

export interface GitlabOptions {
  /** The workspace's folder inside the repository, with a final slash; '' at the top. */
  readonly prefix: string;
}

const SEVERITIES: Record<Severity, string> = { error: 'critical', warning: 'minor', info: 'info' };

/** GitLab's Code Quality report: the members that GitLab reads, paths relative to the repository. */
export function gitlabLint(report: LintReport, { prefix }: GitlabOptions): string {
  const issues = report.findings.map(({ severity, message, ruleId, fingerprint, file, range }) => ({
    type: 'issue',
    check_name: ruleId,
    description: message,
    categories: [ruleId.startsWith('security/') ? 'Security' : 'Bug Risk'],
    severity: SEVERITIES[severity],
    fingerprint,
    location: { path: prefix + file, lines: { begin: range.start.line, end: range.end.line } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
