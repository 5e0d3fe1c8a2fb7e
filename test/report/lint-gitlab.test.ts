import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/model/index.ts';
import { gitlabLint } from '../../src/report/lint-gitlab.ts';
import { plantedRuns } from '../lint/planted-cases.ts';
import { finding, reportOf } from './reports.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

describe("GitLab's Code Quality report", () => {
  it('has the members that GitLab reads', () => {
    const one = finding({ fingerprint: '00c0ffee00c0ffee' });
    expect(JSON.parse(gitlabLint(reportOf([one]), { prefix: 'apps/desk/' }))).toEqual([
      {
        type: 'issue',
        check_name: 'security/untrusted-in-system',
        description: 'The ticket is read as instructions',
        categories: ['Security'],
        severity: 'critical',
        fingerprint: '00c0ffee00c0ffee',
        location: { path: 'apps/desk/prompts/support/triage.prompt.yml', lines: { begin: 4, end: 4 } },
      },
    ]);
  });

  it.each<[Severity, string]>([
    ['error', 'critical'],
    ['warning', 'minor'],
    ['info', 'info'],
  ])('calls %s %s', (severity, name) => {
    const [issue] = JSON.parse(gitlabLint(reportOf([finding({ severity })]), { prefix: '' })) as { severity: string }[];
    expect(issue!.severity).toBe(name);
  });

  it('keeps to what GitLab reads, whatever is found: five severities, a fingerprint each, a path from the top', () => {
    for (const findings of plantedRuns()) {
      const issues = JSON.parse(gitlabLint(reportOf(findings), { prefix: 'apps/desk/' })) as Issue[];
      expect(issues).toHaveLength(findings.length);
      expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
      for (const { description, check_name, severity, location } of issues) {
        expect(description).not.toBe('');
        expect(check_name).toMatch(/^[a-z]+\/[a-z-]+$/);
        expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity);
        expect(location.path).toMatch(/^apps\/desk\/(?![./])/);
        expect(location.lines.begin).toBeGreaterThanOrEqual(1);
        expect(location.lines.end).toBeGreaterThanOrEqual(location.lines.begin);
      }
    }
  });

  it('is an empty list where nothing was found: GitLab takes no report for a failed job', () => {
    expect(gitlabLint(reportOf([]), { prefix: '' })).toBe('[]\n');
  });
});
