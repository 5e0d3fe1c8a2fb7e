import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  desk,
  openRepository,
  REFUND,
  repositoryWith,
  type TestRepository,
  triage,
  TRIAGE,
} from '../release/repository.ts';
import { folderOf } from '../support/folder.ts';

const BILLING = 'prompts/billing/refund.prompt.yml';
const TONE = 'prompts/tone.partial.md';

interface Linted {
  readonly files: number;
  readonly findings: readonly string[];
  readonly status: number | null;
}

function linted(repository: TestRepository, ...args: string[]): Linted {
  const { stdout, stderr, status } = repository.run('lint', ...args, '--json');
  if (stdout === '') throw new Error(stderr);
  const { summary, findings } = JSON.parse(stdout) as {
    summary: { files: number };
    findings: { ruleId: string; file: string; message: string }[];
  };
  return { files: summary.files, status, findings: findings.map(({ ruleId, file }) => `${ruleId} ${file}`) };
}

/** A branch of its own, so that there is something to be since. */
function work(files = desk()): TestRepository {
  const repository = repositoryWith(files);
  repository.git('checkout', '-q', '-b', 'work');
  return repository;
}

describe('lint --since', () => {
  it('looks at what changed: committed, in the working tree, and untracked', () => {
    const repository = work();
    expect(linted(repository, '--since', 'main')).toMatchObject({ files: 0, status: 0 });
    expect(repository.run('lint', '--since', 'main').stderr).toBe('No prompt changed since main.\n');

    repository.write({ [BILLING]: REFUND.replace('Sum up', 'Sum') });
    repository.commit();
    expect(linted(repository, '--since', 'main').files).toBe(1);
    repository.write({ [TRIAGE]: triage().replace('Sort', 'Please sort') });
    expect(linted(repository, '--since', 'main').files).toBe(2);
    expect(linted(repository, '--since', 'HEAD').files).toBe(1);
    repository.write({ 'prompts/new.prompt.yml': REFUND });
    expect(linted(repository, '--since', 'main').files).toBe(3);
    expect(linted(repository, '--since', 'main', 'prompts/billing').files).toBe(1);
  });

  it('counts from where the branch left, not from what the other branch has become', () => {
    const repository = work();
    repository.git('checkout', '-q', 'main');
    repository.write({ [BILLING]: REFUND.replace('Sum up', 'Sum') });
    repository.commit();
    repository.git('checkout', '-q', 'work');
    expect(linted(repository, '--since', 'main').files).toBe(0);
  });

  it('selects the prompts that include a partial that changed, and one that is gone', () => {
    const repository = work();
    repository.write({ [TONE]: 'Be brief.\n' });
    expect(linted(repository, '--since', 'main').files).toBe(1);
    repository.write({ [TONE]: undefined });
    expect(linted(repository, '--since', 'main')).toMatchObject({
      files: 1,
      status: 1,
      findings: expect.arrayContaining([`template/partial-missing ${TRIAGE}`]) as unknown,
    });
  });

  it('selects by rows and schemas beside the file, and everything when the settings changed', () => {
    const repository = work({
      ...desk(),
      [TRIAGE]: triage('tests: ./triage.cases.jsonl\njsonSchema: { $ref: ../queue.json }\n'),
      'prompts/support/triage.cases.jsonl': '{"ticket":"It crashes"}\n',
      'prompts/queue.json': '{"type":"object"}\n',
    });
    repository.write({ 'prompts/support/triage.cases.jsonl': '{"ticket":"It hangs"}\n' });
    expect(linted(repository, '--since', 'main').files).toBe(1);
    repository.commit();
    repository.write({ 'prompts/queue.json': '{"type":"string"}\n' });
    expect(linted(repository, '--since', 'HEAD').files).toBe(1);
    repository.write({ 'promptctl.yaml': `${desk()['promptctl.yaml']}extends: all\n` });
    expect(linted(repository, '--since', 'HEAD').files).toBe(2);
  });

  it('says nothing of prompts that did not change, nor of the partials of those', () => {
    const repository = work({ ...desk(), [TONE]: 'Be {{kind.\n' });
    expect(linted(repository).findings.join()).toContain(TONE);
    repository.write({ [BILLING]: REFUND.replace('Sum up', 'Sum') });
    expect(linted(repository, '--since', 'main').findings.join()).not.toContain(TONE);
  });

  it('takes names as they are, blanks and other alphabets too', () => {
    const repository = work();
    repository.write({ 'prompts/größe neu.prompt.yml': REFUND });
    expect(linted(repository, '--since', 'main').files).toBe(1);
    repository.git('add', '-A');
    expect(linted(repository, '--since', 'main').files).toBe(1);
    expect(linted(repository, '--staged').files).toBe(1);
  });

  it('works in a folder of the repository', () => {
    const top = repositoryWith({ 'README.md': 'A shop.\n', 'apps/desk/promptctl.yaml': 'prompts: "*.prompt.yml"\n' });
    const app = openRepository(join(top.folder, 'apps/desk'));
    app.write({ 'refund.prompt.yml': REFUND });
    expect(linted(app, '--since', 'main').files).toBe(1);
    app.git('add', '-A');
    expect(linted(app, '--staged').files).toBe(1);
    const { stdout } = app.run('lint', '--format', 'gitlab');
    const paths = (JSON.parse(stdout) as { location: { path: string } }[]).map(({ location }) => location.path);
    for (const path of paths) expect(path).toBe('apps/desk/refund.prompt.yml');
  });

  it.each([
    [
      'a ref that is not there',
      'mian',
      'There is no ref `mian` here',
      '`git fetch origin mian` brings what is missing',
    ],
    ['an option for a ref', '--output=x', 'There is no ref `--output=x` here', 'git fetch'],
  ])('stops with exit 3 at %s', (_, ref, message, hint) => {
    const run = work().run('lint', `--since=${ref}`);
    expect(run).toMatchObject({ status: 3, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(hint);
  });

  it('stops with exit 3 outside a repository, and where history is missing', () => {
    const outside = openRepository(folderOf(desk()), { GIT_CEILING_DIRECTORIES: '/' });
    for (const args of [['--since', 'main'], ['--staged']]) {
      const run = outside.run('lint', ...args);
      expect(run.status).toBe(3);
      expect(run.stderr).toContain('run it inside a git repository, or begin one with `git init`');
    }
    const repository = work();
    repository.git('checkout', '-q', '--orphan', 'other');
    repository.commit();
    const run = repository.run('lint', '--since', 'main');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('git finds no commit that this branch and `main` have in common');
  });
});

describe('lint --since in a shallow clone', () => {
  it('says how to fetch what it lacks', () => {
    const origin = work();
    origin.write({ [BILLING]: REFUND.replace('Sum up', 'Sum') });
    origin.commit();
    origin.write({ [BILLING]: REFUND.replace('Sum up', 'Tell') });
    origin.commit();
    const clone = openRepository(join(folderOf(), 'clone'));
    origin.git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${origin.folder}`, clone.folder);
    const missing = clone.run('lint', '--since', 'origin/main');
    expect(missing.status).toBe(3);
    expect(missing.stderr).toContain('git finds no commit that this branch and `origin/main` have in common');
    expect(missing.stderr).toContain('run `git fetch --unshallow` (with actions/checkout: `fetch-depth: 0`)');
    const unknown = clone.run('lint', '--since', 'v1.0.0');
    expect(unknown.stderr).toContain('`git fetch --unshallow` brings what is missing');
    clone.git('fetch', '-q', '--unshallow');
    expect(linted(clone, '--since', 'origin/main').files).toBe(1);
  });
});

describe('lint --staged', () => {
  it('reads the index, whatever the working tree says', () => {
    const repository = work();
    const broken = REFUND.replace('{{reason}}', '{{reasn}}');
    repository.write({ [BILLING]: broken });
    expect(linted(repository, '--staged')).toMatchObject({ files: 0, status: 0 });
    repository.git('add', BILLING);
    repository.write({ [BILLING]: REFUND });
    expect(linted(repository).status).toBe(0);
    expect(linted(repository, '--staged')).toMatchObject({
      files: 1,
      status: 1,
      findings: expect.arrayContaining([`template/undeclared-variable ${BILLING}`]) as unknown,
    });
  });

  it('takes partials and settings from the index too', () => {
    const repository = work();
    repository.write({ [TONE]: 'Be {{kind}}.\n' });
    repository.git('add', TONE);
    repository.write({ [TONE]: 'Be kind.\n' });
    const staged = linted(repository, '--staged');
    expect(staged).toMatchObject({ files: 1, status: 1 });
    expect(staged.findings).toContain(`template/undeclared-variable ${TRIAGE}`);

    repository.write({ 'promptctl.yaml': 'prompts: "nowhere/*.prompt.yml"\n' });
    repository.git('add', 'promptctl.yaml');
    expect(linted(repository, '--staged').files).toBe(0);
  });

  it('works before the first commit, and narrows to what is named', () => {
    const repository = openRepository(folderOf(desk()));
    repository.git('init', '-q');
    repository.git('add', '-A');
    expect(linted(repository, '--staged').files).toBe(2);
    expect(linted(repository, '--staged', 'prompts/billing').files).toBe(1);
    expect(linted(repository, '--staged', 'billing/refund').files).toBe(1);
  });

  it('passes over a prompt that the commit takes away', () => {
    const repository = work();
    repository.git('rm', '-q', BILLING);
    expect(linted(repository, '--staged')).toMatchObject({ files: 0, status: 0 });
  });

  it('says what is unresolved, and that a link has no text of its own', () => {
    const repository = work();
    repository.write({ [BILLING]: REFUND.replace('Sum up', 'Sum') });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ [BILLING]: REFUND.replace('Sum up', 'Tell') });
    repository.commit();
    expect(() => repository.git('merge', '-q', 'work')).toThrow();
    expect(repository.run('lint', '--staged').status).toBe(3);
    expect(repository.run('lint', '--staged').stdout).toContain('has a merge conflict: resolve it and `git add` it');

    const linking = work();
    symlinkSync('refund.prompt.yml', join(linking.folder, 'prompts/billing/again.prompt.yml'));
    linking.git('add', '-A');
    expect(linking.run('lint', '--staged').stdout).toContain('is a link in the index');
  });

  it.each([
    [['--since', 'main', '--staged'], '--since and --staged do not go together'],
    [['--staged', '--fix'], '--staged and --fix do not go together'],
    [['--watch', '--stdin'], '--watch and --stdin do not go together'],
    [['--staged', '--update-suppressions'], '--staged and --update-suppressions do not go together'],
  ])('refuses %j', (args, message) => {
    const run = work().run('lint', ...args);
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});
