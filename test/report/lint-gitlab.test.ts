import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/model/index.ts';
import { gitlabLint } from '../../src/report/lint-gitlab.ts';
import { finding, reportOf } from './reports.ts';

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

  it('is an empty list where nothing was found: GitLab takes no report for a failed job', () => {
    expect(gitlabLint(reportOf([]), { prefix: '' })).toBe('[]\n');
  });
});
