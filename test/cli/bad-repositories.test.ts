import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  desk,
  diffOf,
  kindsOf,
  openRepository,
  REFUND,
  repositoryWith,
  type TestRepository,
  triage,
  TRIAGE,
} from '../release/repository.ts';
import { folderOf } from '../support/folder.ts';

const OTHER = triage().replace('our team', 'you');
const COMMANDS = [
  ['diff'],
  ['bump'],
  ['release'],
  ['changelog'],
  ['log', 'support/triage'],
  ['check'],
  ['verify', 'x'],
];

/** What each command says of a repository that can not answer: the exit code, and the hint it gives. */
function answers(repository: TestRepository): Record<string, string> {
  return Object.fromEntries(
    COMMANDS.map((args) => {
      const run = repository.run(...args);
      expect(run.stderr, args[0]).not.toContain('bug');
      const said = /`(git [^`]*)`/.exec(run.stderr + run.stdout)?.[1] ?? run.stderr;
      return [args[0]!, `${run.status} ${said}`];
    }),
  );
}

function all(answer: string): Record<string, string> {
  return Object.fromEntries(COMMANDS.map(([name]) => [name!, answer]));
}

describe('every command on a repository that can not answer', { timeout: 120_000 }, () => {
  it('an unborn branch', () => {
    const repository = openRepository(folderOf(desk()));
    repository.git('init', '-q', '-b', 'main');
    expect(answers(repository)).toEqual(all('3 git add . && git commit'));
    expect(repository.run('diff', '--against', 'HEAD').stderr).toContain('no commit yet');
  });

  it('no repository', () => {
    expect(answers(openRepository(folderOf(desk())))).toEqual(all('3 git init'));
  });

  it('a bare repository', () => {
    const repository = repositoryWith();
    const bare = join(folderOf(), 'bare.git');
    repository.git('clone', '-q', '--bare', repository.folder, bare);
    expect(answers(openRepository(bare))).toEqual(all('3 git worktree add ../work'));
  });

  it('a shallow clone: what hangs on history is refused, and nothing is written', () => {
    const origin = repositoryWith();
    origin.write({ [TRIAGE]: OTHER });
    origin.commit();
    const folder = join(folderOf(), 'shallow');
    origin.git('clone', '-q', '--depth=1', `file://${origin.folder}`, folder);
    const clone = openRepository(folder);
    expect(answers(clone)).toEqual({
      ...all('3 git fetch --unshallow'),
      diff: '0 ',
      verify: '3 git fetch --tags',
    });
    expect(clone.git('status', '--porcelain')).toBe('');
  });
});

describe('branches and tags', { timeout: 120_000 }, () => {
  it.each(['master', 'trunk'])('a default branch called %s', (branch) => {
    const repository = repositoryWith(desk(), branch);
    repository.git('checkout', '-q', '-b', 'work');
    repository.write({ [TRIAGE]: OTHER });
    expect(diffOf(repository)).toMatchObject({ against: branch, changes: [{ kind: 'text-changed' }] });
  });

  it('a detached HEAD bumps, checks and releases like a branch', () => {
    const repository = repositoryWith();
    repository.run('release');
    repository.git('checkout', '-q', '--detach');
    repository.write({ [TRIAGE]: OTHER });
    expect(repository.run('bump').stdout).toContain('2.0.0 -> 2.0.1');
    expect(repository.run('check').status).toBe(0);
    repository.commit();
    expect(repository.run('release').stdout).toContain('prompts@2.0.1  released');
  });

  it('no tags: the versions stand as declared, and the first release takes them', () => {
    const repository = repositoryWith();
    repository.git('tag', 'prompts@latest');
    repository.write({ [TRIAGE]: OTHER });
    for (const args of [['bump'], ['bump', '--check'], ['changelog'], ['check']])
      expect(repository.run(...args).status, args.join(' ')).toBe(0);
    expect(repository.read(TRIAGE)).toBe(OTHER);
    repository.commit();
    expect(repository.run('release').stdout).toContain('prompts@2.0.0  released');
  });

  it.each([
    '--upload-pack=touch stolen',
    '-h',
    '--output=stolen',
    'HEAD:promptctl.yaml',
    'main^{tree}',
    '$(touch stolen)',
    'a..b',
  ])('a ref called %s is no option and no command, here or in a hint', (ref) => {
    const repository = repositoryWith();
    for (const command of ['diff', 'bump']) {
      const run = repository.run(command, `--against=${ref}`);
      expect(run.status).toBe(3);
      expect(run.stderr + run.stdout).not.toContain(`git fetch origin ${ref}`);
    }
    expect(repository.run('verify', '--', ref).status).toBe(3);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('an empty --against', () => {
    expect(repositoryWith().run('diff', '--against', '')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--against takes a ref') as unknown,
    });
  });
});

describe('files', { timeout: 120_000 }, () => {
  const NAMES = ['-h', 'new\nline', `q'u"ote`, 'ta\tb', 'H 120000 0123456789012345678901234567890123456789 0\tx', '? x', ':(glob)x', '$(touch y)', 'ünï', '\\back']; // prettier-ignore
  const prompts = (text: string): Record<string, string> =>
    Object.fromEntries(
      NAMES.map((name, at) => [
        `prompts/${name}.prompt.yml`,
        text.replace('promptctl: 1\n', `promptctl: 1\nid: p${at}\n`),
      ]),
    );

  it('are bumped, released and verified whatever they are called', () => {
    const repository = repositoryWith({ ...desk(), ...prompts(REFUND) });
    expect(repository.run('release').status).toBe(0);
    repository.write(prompts(REFUND.replace('Sum up', 'Tell')));
    expect(kindsOf(diffOf(repository))).toEqual(NAMES.map((_, at) => `p${at} text-changed`));
    const bumped = repository.run('bump');
    expect(bumped.stdout.trimEnd().split('\n'), 'a line each').toHaveLength(NAMES.length + 1);
    for (const name of NAMES) expect(repository.read(`prompts/${name}.prompt.yml`)).toContain('version: 0.3.1\n');
    repository.commit();
    expect(repository.run('release').status).toBe(0);
    expect(repository.run('verify', 'prompts@2.0.1').stdout).toContain('ok');
    expect(repository.run('log', 'p1').stdout).toContain('0.3.1  patch');
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('invalid YAML on one side only: which side, and nothing half-written', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: 'messages: [\n' });
    repository.git('tag', 'prompts@2.0.0');
    repository.write({ [TRIAGE]: triage() });
    expect(repository.run('changelog').stdout).toContain(`could not be read on the old side: ${TRIAGE}:1`);
    expect(repository.run('bump').stdout).toContain('2.0.0 -> 3.0.0');
    repository.commit();
    repository.write({ [TRIAGE]: 'messages: [\n', 'prompts/billing/refund.prompt.yml': REFUND.replace('Sum', 'Add') });
    repository.git('tag', 'prompts@3.0.0');
    const run = repository.run('bump');
    expect(run).toMatchObject({ status: 1, stdout: '' });
    expect(run.stderr).toContain(`The working tree has files that can't be read: ${TRIAGE}:1`);
    expect(repository.read('prompts/billing/refund.prompt.yml')).toContain('version: 0.3.0');
  });
});

describe('places', { timeout: 120_000 }, () => {
  it('two workspaces in one repository, each below the top, with tags of their own', () => {
    const repository = repositoryWith(Object.fromEntries([...filesOf('desk'), ...filesOf('shop')]));
    const [one, two] = ['desk', 'shop'].map((name) => openRepository(join(repository.folder, name)));
    expect(one!.run('release').stdout).toContain('desk@2.0.0  released');
    expect(two!.run('release').stdout).toContain('shop@2.0.0  released');
    one!.write({ [TRIAGE]: OTHER });
    expect(kindsOf(diffOf(one!))).toEqual(['support/triage text-changed']);
    expect(kindsOf(diffOf(two!))).toEqual([]);
    expect(one!.run('bump').stdout).toContain('2.0.0 -> 2.0.1');
    expect(two!.run('bump').stdout).toBe('');
    expect(repository.git('status', '--porcelain').split('\n')).toHaveLength(2);
  });

  it('a worktree and a submodule release and verify like any clone', () => {
    const repository = repositoryWith();
    repository.run('release');
    const tree = join(folderOf(), 'tree');
    repository.git('worktree', 'add', '-q', tree, '-b', 'work');
    const work = openRepository(tree);
    work.write({ [TRIAGE]: OTHER });
    expect(work.run('bump').stdout).toContain('2.0.0 -> 2.0.1');
    work.commit();
    expect(work.run('release').stdout).toContain('prompts@2.0.1  released');

    const outer = repositoryWith({ 'README.md': 'Apps\n' });
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.folder, 'desk');
    outer.commit();
    mkdirSync(join(outer.folder, 'desk'), { recursive: true });
    const inner = openRepository(join(outer.folder, 'desk'));
    expect(inner.run('verify', 'prompts@2.0.0').status).toBe(0);
    inner.write({ [TRIAGE]: OTHER });
    expect(kindsOf(diffOf(inner))).toEqual(['support/triage text-changed']);
    expect(inner.run('bump'), 'another branch has taken the version').toMatchObject({
      status: 1,
      stderr: expect.stringContaining('prompts@2.0.1 has released on another branch') as unknown,
    });
  });
});

function filesOf(workspace: string): [string, string][] {
  const files = desk(`release: { tag: "${workspace}@{version}" }\n`);
  return Object.entries(files).map(([path, text]) => [`${workspace}/${path}`, text]);
}
