import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { ticketPrompt } from './prompts.ts';

/** Twelve prompts with an error each, in a folder of a repository. */
function shop(): string {
  const prompts = Array.from({ length: 12 }, (_, at) => [
    `desk/p${at}.prompt.yml`,
    ticketPrompt('"{{ticket}} {{ordr}}"'),
  ]);
  const top = folderOf({
    ...Object.fromEntries(prompts),
    'desk/promptctl.yaml': 'extends: minimal\n',
    '.git/HEAD': '',
  });
  return join(top, 'desk');
}

describe('lint formats', () => {
  it('go to their files all at once, the default one to none', () => {
    const cwd = shop();
    const names = ['sarif', 'gitlab', 'junit', 'compact', 'json'];
    const run = runCli(['lint', ...names.flatMap((name) => ['--format', `${name}=out/${name}`])], { cwd });
    expect(run).toEqual({ status: 1, stdout: '', stderr: '' });
    const [sarif, gitlab, junit, compact, json] = names.map((name) => readFileSync(join(cwd, 'out', name), 'utf8'));
    expect(sarif).toContain('"uri": "desk/p0.prompt.yml"');
    expect(gitlab).toContain('"path": "desk/p0.prompt.yml"');
    expect(junit).toContain('<testsuite name="desk/p0.prompt.yml" tests="1" failures="1" errors="0">');
    expect(compact).toMatch(/^p0\.prompt\.yml:7:\d+: error: /);
    expect(JSON.parse(json!)).toMatchObject({ summary: { files: 12, errors: 12 } });
  });

  it('leave what GitHub would not show in the summary of the step, behind what stands there', () => {
    const cwd = shop();
    const summary = join(cwd, 'summary.md');
    writeFileSync(summary, 'Before.\n');
    const run = runCli(['lint', '--format', 'github'], { cwd, env: { GITHUB_STEP_SUMMARY: summary } });
    expect(run.status).toBe(1);
    expect(run.stdout.match(/^::error file=desk\/p\d+\.prompt\.yml,line=7,/gm)).toHaveLength(10);
    const text = readFileSync(summary, 'utf8');
    expect(text).toMatch(/^Before\.\n### promptctl lint: 2 more findings\n/);
    expect(text.match(/^\| error /gm)).toHaveLength(2);
  });

  it('write no summary for another format, nor where none is asked for', () => {
    const cwd = shop();
    const summary = join(cwd, 'summary.md');
    writeFileSync(summary, '');
    runCli(['lint'], { cwd, env: { GITHUB_STEP_SUMMARY: summary } });
    expect(readFileSync(summary, 'utf8')).toBe('');
    expect(runCli(['lint', '--format', 'github'], { cwd, env: { GITHUB_STEP_SUMMARY: '' } }).status).toBe(1);
    const lost = runCli(['lint', '--format', 'github'], { cwd, env: { GITHUB_STEP_SUMMARY: join(cwd, 'no/where') } });
    expect(lost.status).toBe(3);
    expect(lost.stderr).toContain('GITHUB_STEP_SUMMARY names ');
  });
});
