import { describe, expect, it } from 'vitest';
import { repositoryWith } from '../release/repository.ts';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';
import { ticketPrompt } from './prompts.ts';

interface Check {
  readonly name: string;
  readonly state: string;
  readonly found: string;
}

function doctor(
  cwd: string,
  env: Record<string, string> = {},
): { status: number | null; checks: Record<string, Check>; stdout: string } {
  const { status, stdout } = runCli(['doctor', '--json'], { cwd, env: { GIT_CEILING_DIRECTORIES: '/', ...env } });
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  return { status, stdout, checks: Object.fromEntries(checks.map((check) => [check.name, check])) };
}

describe('doctor', () => {
  it('finds nothing wrong with a workspace in a repository', () => {
    const { folder } = repositoryWith();
    const { status, checks } = doctor(folder);
    expect(status).toBe(0);
    expect(Object.values(checks).map(({ state }) => state)).not.toContain('error');
    expect(checks).toMatchObject({
      git: { state: 'ok', found: expect.stringMatching(/^git version .*, at the top of a repository$/) as unknown },
      configuration: { found: 'promptctl.yaml' },
      prompts: { found: '2 prompts and 1 partial (prompts/**/*.prompt.yml)' },
    });
  });

  it('says what is missing, and the command that brings it', () => {
    const run = runCli(['doctor'], { cwd: folderOf(), env: { GIT_CEILING_DIRECTORIES: '/' } });
    expect(run.status).toBe(1);
    expect(run.stdout).toMatch(/^warning {2}git .*\n.*`git init`$/m);
    expect(run.stdout).toMatch(/^error {4}prompts .*\n.*`promptctl init`/m);
  });

  it('takes a broken configuration for news, not for its own end', () => {
    const { status, checks } = doctor(folderOf({ 'promptctl.yaml': 'extends: everything\n' }));
    expect(status).toBe(1);
    expect(checks).toMatchObject({ node: { state: 'ok' }, configuration: { state: 'error' } });
  });

  it('names the keys that are set and shows none', () => {
    const folder = folderOf({
      'promptctl.yaml':
        'providers: { ours: { kind: openai-compatible, baseUrl: "http://127.0.0.1:9", apiKeyEnv: OUR_KEY } }\n',
      'a.prompt.yml': ticketPrompt(),
    });
    const { checks, stdout } = doctor(folder, {
      OPENAI_API_KEY: '',
      ANTHROPIC_API_KEY: '',
      GEMINI_API_KEY: '',
      OUR_KEY: 'hush-hush',
    });
    expect(checks['provider keys']!.found).toBe('set: OUR_KEY');
    expect(stdout).not.toContain('hush');
    expect(stdout).not.toContain(folder);
  });
});
