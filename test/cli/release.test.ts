import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  desk,
  jsonOf,
  openRepository,
  OUTPUT_NEW,
  OUTPUT_OLD,
  REFUND,
  repositoryWith,
  triage,
  TRIAGE,
} from '../release/repository.ts';
import { folderOf } from '../support/folder.ts';

const CONFIG = 'promptctl.yaml';

describe('release and verify', () => {
  it('tags once, with trailers that a clone elsewhere rebuilds', () => {
    const repository = repositoryWith();
    const head = repository.git('rev-parse', 'HEAD');
    const first = repository.run('release');
    expect(first).toMatchObject({ status: 0, stderr: 'Push it with `git push origin prompts@2.0.0`.\n' });
    expect(first.stdout).toMatch(/^prompts@2\.0\.0 {2}released {2}sha256\/1:/);
    expect(repository.git('rev-parse', 'HEAD'), 'it never commits').toBe(head);
    expect(repository.git('cat-file', '-p', 'prompts@2.0.0')).toMatch(
      /Promptctl-Digest: sha256\/1:[0-9a-f]{64}\nPromptctl-Contract: sha256\/1:[0-9a-f]{64}\nPromptctl-Prompt: billing\/refund 0\.3\.0 sha256\/1:[0-9a-f]{64}\nPromptctl-Prompt: support\/triage 1\.2\.0 sha256\/1:[0-9a-f]{64}\nPromptctl-Workspace: \.$/,
    );
    expect(repository.run('release').stdout).toContain('prompts@2.0.0  already released');

    const folder = join(folderOf(), 'somewhere', 'else');
    repository.git('clone', '-q', repository.folder, folder);
    const clone = openRepository(folder);
    const here = jsonOf(repository.run('verify', 'prompts@2.0.0', '--json'));
    const there = jsonOf(clone.run('verify', 'prompts@2.0.0', '--json'));
    expect(here).toMatchObject({ summary: { ok: true }, problems: [], signature: { state: 'none' } });
    expect(there['digest']).toBe(here['digest']);
    const shallow = join(folderOf(), 'shallow');
    repository.git('clone', '-q', '--depth=1', '--branch=prompts@2.0.0', `file://${repository.folder}`, shallow);
    expect(openRepository(shallow).run('verify', 'prompts@2.0.0').status, 'a tag is enough to verify it').toBe(0);
    expect(jsonOf(clone.run('compile', '--json'))['summary']).toMatchObject({ digest: here['digest'] });
  });

  it('is not led astray by a tag that says something else', () => {
    const repository = repositoryWith();
    repository.run('release');
    const message = repository.git('for-each-ref', '--format=%(contents)', 'refs/tags/prompts@2.0.0');
    repository.write({ [TRIAGE]: triage().replace('our', 'the') });
    repository.commit();
    repository.git('tag', '-a', '-f', '-m', message, 'prompts@2.0.0');
    const run = repository.run('verify', 'prompts@2.0.0');
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('NOT what it says');
    expect(run.stdout).toContain('`support/triage` is not what the tag says');
    repository.git('tag', 'prompts@3.0.0');
    expect(repository.run('verify', 'prompts@3.0.0')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('holds no digests') as unknown,
    });
    expect(repository.run('verify', 'prompts@2.0.1')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('did you mean `prompts@2.0.0`?') as unknown,
    });
  });

  it('verifies a bundle by its own digests', () => {
    const repository = repositoryWith();
    repository.run('compile', '--out', 'bundle.json');
    expect(repository.run('verify', 'bundle.json').status).toBe(0);
    repository.write({ 'bundle.json': repository.read('bundle.json').replace('Sum up', 'Make up') });
    const run = repository.run('verify', 'bundle.json');
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('`billing/refund` is not what its content digest says');
  });

  it('refuses a dirty tree, staged or not, and lets be what is no prompt', () => {
    const repository = repositoryWith();
    repository.write({ 'notes.txt': 'untracked' });
    repository.write({ [TRIAGE]: triage().replace('our', 'the') });
    repository.git('add', TRIAGE);
    const staged = repository.run('release');
    expect(staged).toMatchObject({ status: 3, stdout: '' });
    expect(staged.stderr).toContain(`The tree is dirty: ${TRIAGE}\n  commit the changes`);
    repository.git('reset', '-q', '--hard');
    repository.write({ 'prompts/new.prompt.yml': REFUND });
    expect(repository.run('release').stderr).toContain('The tree is dirty: prompts/new.prompt.yml');
    repository.write({ 'prompts/new.prompt.yml': undefined });
    expect(repository.run('release').status).toBe(0);
  });

  it('refuses a stale version, and one that was released with other content', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: triage(OUTPUT_OLD) });
    repository.run('release');
    repository.write({ [TRIAGE]: triage(OUTPUT_NEW) });
    repository.commit();
    const stale = repository.run('release');
    expect(stale.status).toBe(1);
    expect(stale.stderr).toContain('support/triage says 1.2.0 and needs 2.0.0 (output-widened)');
    expect(stale.stderr).toContain('run `promptctl bump`');

    repository.git('tag', '-d', 'prompts@2.0.0');
    repository.run('release');
    repository.git('checkout', '-q', '-b', 'older', 'HEAD~1');
    const reused = repository.run('release');
    expect(reused.status).toBe(1);
    expect(reused.stderr).toContain('prompts@2.0.0 released `support/triage` 1.2.0 with other content');
    expect(repository.git('tag')).toBe('prompts@2.0.0');
  });

  it('refuses prompts with errors, no version, a foreign tag and a shallow clone', () => {
    const broken = repositoryWith({ ...desk(), [TRIAGE]: triage().replace('{{ticket}}', '{{tickt}}') });
    expect(broken.run('release')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('`tickt` is not declared') as unknown,
    });
    expect(broken.git('tag')).toBe('');

    const unversioned = repositoryWith({ ...desk(), [CONFIG]: 'prompts: "prompts/**/*.prompt.yml"\nroot: prompts\n' });
    expect(unversioned.run('release')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('promptctl.yaml has no version to release') as unknown,
    });

    const files = Object.entries(desk());
    const two = repositoryWith(
      Object.fromEntries(['a', 'b'].flatMap((app) => files.map(([path, text]) => [`${app}/${path}`, text]))),
    );
    expect(openRepository(join(two.folder, 'a')).run('release').status).toBe(0);
    const second = openRepository(join(two.folder, 'b')).run('release');
    expect(second.status).toBe(2);
    expect(second.stderr).toContain('prompts@2.0.0 is a release of the workspace a, not of b');

    const shallow = join(folderOf(), 'shallow');
    two.commit();
    two.git('clone', '-q', '--depth=1', `file://${two.folder}`, shallow);
    expect(openRepository(join(shallow, 'a')).run('release')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('git fetch --unshallow') as unknown,
    });
  });

  it('pushes only when asked, and says what it could not push', () => {
    const remote = join(folderOf(), 'remote.git');
    const repository = repositoryWith();
    repository.git('clone', '-q', '--bare', repository.folder, remote);
    repository.git('remote', 'add', 'origin', remote);
    repository.run('release');
    expect(openRepository(remote).git('tag')).toBe('');
    expect(repository.run('release', '--push').status).toBe(0);
    expect(openRepository(remote).git('tag')).toBe('prompts@2.0.0');
    repository.git('remote', 'set-url', 'origin', `${remote}.gone`);
    const run = repository.run('release', '--push');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('git push origin refs/tags/prompts@2.0.0');
  });

  it('writes a statement of where the bundle came from', () => {
    const repository = repositoryWith();
    repository.git('remote', 'add', 'origin', 'https://token:secret@example.com/desk.git');
    expect(repository.run('release', '--provenance', 'statement.json').status).toBe(0);
    const statement = JSON.parse(repository.read('statement.json')) as {
      subject: { name: string; digest: { sha256: string } }[];
    };
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          externalParameters: { tags: ['prompts@2.0.0'] },
          resolvedDependencies: [
            { uri: 'git+https://example.com/desk.git', digest: { gitCommit: repository.git('rev-parse', 'HEAD') } },
          ],
        },
      },
    });
    repository.run('compile');
    const sum = spawnSync('sha256sum', [join(repository.folder, 'dist/prompts.json')]).stdout.toString('utf8');
    expect(sum).toContain(statement.subject[0]!.digest.sha256);
  });

  it('leaves nothing behind where git makes no tag', () => {
    const repository = repositoryWith(desk('release: { tag: "{id}@{version}" }\n'));
    const nobody = openRepository(repository.folder, { GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' });
    const run = nobody.run('release');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('git config user.email');
    expect(repository.git('tag')).toBe('');
  });
});

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

describe.skipIf(!hasSshKeygen)('signatures', () => {
  it('signs with an ssh key, and says when the key is gone', () => {
    const repository = repositoryWith(desk('release: { sign: true }\n'));
    const keys = folderOf();
    const key = join(keys, 'key');
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    chmodSync(key, 0o600);
    repository.git('config', 'gpg.format', 'ssh');
    repository.git('config', 'user.signingkey', join(keys, 'lost'));
    const failed = repository.run('release');
    expect(failed.status).toBe(3);
    expect(failed.stderr).toContain('could not be signed');
    expect(failed.stderr).toContain('git config user.signingkey');
    expect(repository.git('tag')).toBe('');
    repository.git('config', 'tag.gpgSign', 'true');
    expect(repository.run('release', '--unsigned').stdout, 'whatever git itself is set to').toContain('released');
    repository.git('tag', '-d', 'prompts@2.0.0');

    repository.git('config', 'user.signingkey', `${key}.pub`);
    expect(repository.run('release').status).toBe(0);
    expect(repository.run('verify', 'prompts@2.0.0')).toMatchObject({ status: 0 });
    expect(repository.run('verify', 'prompts@2.0.0', '--require-signature').status, 'nobody is allowed yet').toBe(1);
    const publicKey = spawnSync('cat', [`${key}.pub`]).stdout.toString('utf8');
    const allowed = join(folderOf({ allowed: `ada@example.com ${publicKey}` }), 'allowed');
    repository.git('config', 'gpg.ssh.allowedSignersFile', allowed);
    const run = repository.run('verify', 'prompts@2.0.0', '--require-signature');
    expect(run.status).toBe(0);
    expect(run.stdout).toContain('Good "git" signature for ada@example.com');
  });
});

describe('changelog and log', () => {
  it('tell of changes, not of commit messages', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: triage(OUTPUT_OLD) });
    repository.run('release');
    repository.write({ [TRIAGE]: triage(`${OUTPUT_NEW}stability: deprecated\n`) });
    repository.commit('wip, ignore me');
    expect(repository.run('changelog').stdout).toContain('## [Unreleased]');
    repository.run('bump');
    const { stdout } = repository.run('changelog');
    expect(stdout).toBe(
      '## [3.0.0] - 2026-01-15\n\n### Changed\n\n- `support/triage`: **Breaking:** `priority` may be null, which the old schema rejects: must be string, for example `{"priority":null}`\n\n### Deprecated\n\n- `support/triage`: is deprecated now\n',
    );
    repository.write({
      'CHANGELOG.md': '# Changelog\n\nBy hand.\n\n## [Unreleased]\n\n- soon\n\n## [2.0.0] - 2025-12-01\n\n- before\n',
    });
    expect(repository.run('changelog', '--write')).toMatchObject({ status: 0, stderr: 'CHANGELOG.md written.\n' });
    const written = repository.read('CHANGELOG.md');
    expect(written).toBe(`# Changelog\n\nBy hand.\n\n${stdout}\n## [2.0.0] - 2025-12-01\n\n- before\n`);
    repository.run('changelog', '--write');
    expect(repository.read('CHANGELOG.md'), 'twice is once').toBe(written);

    repository.commit();
    expect(repository.run('release').status).toBe(0);
    expect(repository.run('changelog', '--all').stdout).toMatch(
      /## \[3\.0\.0\] - 2026-01-10[\s\S]+## \[2\.0\.0\] - 2026-01-10\n\n### Added\n/,
    );
    const log = repository.run('log', 'support/triage').stdout;
    expect(log).toMatch(/^2\.0\.0 {2}major {2}prompts@3\.0\.0, 2026-01-10\n/);
    expect(log).toContain('1.2.0  minor  prompts@2.0.0');
    expect(repository.run('log', 'billing/refund').stdout).not.toContain('prompts@3.0.0');
  });

  it('follow a rename, and say when there is nothing', () => {
    const repository = repositoryWith();
    expect(repository.run('log', 'support/triage')).toMatchObject({
      status: 0,
      stdout: '',
      stderr: 'No release holds `support/triage` yet.\n',
    });
    expect(repository.run('changelog').stderr).toContain('no release yet');
    repository.run('release');
    repository.write({
      [TRIAGE]: undefined,
      'prompts/sorting.prompt.yml': triage('aliases: [support/triage]\n', '1.3.0'),
      [CONFIG]: repository.read(CONFIG).replace('2.0.0', '2.1.0'),
    });
    repository.commit();
    expect(repository.run('release').status).toBe(0);
    expect(repository.run('log', 'sorting').stdout).toMatch(
      /^1\.3\.0 {2}minor {2}prompts@2\.1\.0[\s\S]+1\.2\.0 {2}minor {2}prompts@2\.0\.0/,
    );
    expect(existsSync(join(repository.folder, 'CHANGELOG.md'))).toBe(false);
  });
});
