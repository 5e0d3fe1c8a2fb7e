import { describe, expect, it } from 'vitest';
import {
  desk,
  jsonOf,
  OUTPUT_NEW,
  OUTPUT_OLD,
  REFUND,
  repositoryWith,
  type TestRepository,
  triage,
  TRIAGE,
} from '../release/repository.ts';

const CONFIG = 'promptctl.yaml';

function released(
  files: Readonly<Record<string, string>> = { ...desk(), [TRIAGE]: triage(OUTPUT_OLD) },
): TestRepository {
  const repository = repositoryWith(files);
  const run = repository.run('release');
  if (run.status !== 0) throw new Error(run.stderr);
  return repository;
}

/** Lines that differ from HEAD. */
function changedLines(repository: TestRepository): string[] {
  return repository
    .git('diff', '-U0')
    .split('\n')
    .filter((line) => /^[-+](?![-+]{2})/.test(line));
}

describe('bump', { timeout: 120_000 }, () => {
  it('writes what the changes ask for, and twice changes nothing', () => {
    const repository = released();
    repository.write({ [TRIAGE]: triage(OUTPUT_NEW) });
    repository.commit();
    const run = repository.run('bump');
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(run.stdout).toBe(
      `support/triage   1.2.0 -> 2.0.0   (output-widened)   ${TRIAGE}:2\nbundle           2.0.0 -> 3.0.0   (output-widened)   promptctl.yaml:1\n`,
    );
    expect(changedLines(repository).sort()).toEqual([
      '+version: 2.0.0',
      '+version: 3.0.0',
      '-version: 1.2.0',
      '-version: 2.0.0',
    ]);
    const before = [repository.read(TRIAGE), repository.read(CONFIG)];
    expect(repository.run('bump')).toMatchObject({ status: 0, stdout: '' });
    repository.commit();
    expect(repository.run('bump')).toMatchObject({ status: 0, stdout: '' });
    expect([repository.read(TRIAGE), repository.read(CONFIG)]).toEqual(before);
  });

  it.each([
    [
      'quoted and commented',
      'version: "1.2.0"   # the version, not 1.2.0',
      'version: "1.3.0"   # the version, not 1.2.0',
    ],
    ['in single quotes', "version:   '1.2.0'", "version:   '1.3.0'"],
    ['under a quoted key', '"version" : 1.2.0 #', '"version" : 1.3.0 #'],
  ])('replaces exactly the version: %s', (_, before, after) => {
    const text = triage('stability: stable\n').replace('version: 1.2.0', before);
    const repository = released({ ...desk(), [TRIAGE]: text });
    const changed = text.replace('stable\n', 'deprecated\n');
    repository.write({ [TRIAGE]: changed });
    expect(repository.run('bump').status).toBe(0);
    expect(repository.read(TRIAGE)).toBe(changed.replace(before, after));
  });

  it('keeps line ends, a byte order mark, and what is not ASCII', () => {
    const text = `\uFEFF${triage('stability: stable\nname: Grüße 🙂\n')}`.replaceAll('\n', '\r\n');
    const repository = released({ ...desk(), [TRIAGE]: text });
    const changed = text.replace('stable\r\n', 'deprecated\r\n');
    repository.write({ [TRIAGE]: changed });
    expect(repository.run('bump').status).toBe(0);
    expect(repository.read(TRIAGE)).toBe(changed.replace('version: 1.2.0', 'version: 1.3.0'));
  });

  it('refuses a version that it can not replace, and writes no file at all', () => {
    const repository = released({
      ...desk(),
      [TRIAGE]: triage('stability: stable\nname: &v 1.2.0\n').replace('version: 1.2.0', 'version: >-\n  1.2.0'),
    });
    const before = repository.read(TRIAGE).replace('stable\n', 'deprecated\n');
    repository.write({ [TRIAGE]: before, 'prompts/billing/refund.prompt.yml': REFUND.replace('Sum', 'Add') });
    const run = repository.run('bump');
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(`${TRIAGE}:2 the version can't be replaced`);
    expect(run.stderr).toContain('write it by hand: version: 1.3.0');
    expect(repository.read(TRIAGE)).toBe(before);
    expect(repository.read('prompts/billing/refund.prompt.yml')).toContain('version: 0.3.0');
  });

  it('discounts below 1.0.0 and lets an experimental prompt ask for no more than patch', () => {
    const repository = released();
    repository.write({
      'prompts/billing/refund.prompt.yml': REFUND.replace('reason:', 'cause:').replace('{{reason}}', '{{cause}}'),
    });
    const steps = jsonOf(repository.run('bump', '--dry-run', '--json'))['steps'];
    expect(steps).toMatchObject([
      { id: 'billing/refund', to: '0.4.0', level: 'minor' },
      { to: '2.1.0', level: 'minor' },
    ]);
    const labs = released({ ...desk('overrides: [{ files: "prompts/support/**", stability: experimental }]\n') });
    labs.write({ [TRIAGE]: triage().replaceAll('ticket', 'mail') });
    expect(jsonOf(labs.run('bump', '--dry-run', '--json'))['steps']).toMatchObject([
      { id: 'support/triage', to: '1.2.1' },
      { to: '2.0.1' },
    ]);
  });

  it('checks, shows, and asks for more on request', () => {
    const repository = released();
    repository.write({ [TRIAGE]: triage(OUTPUT_OLD).replace('our', 'the') });
    const check = repository.run('bump', '--check');
    expect(check).toMatchObject({ status: 1 });
    expect(check.stdout).toContain('1.2.0 -> 1.2.1');
    expect(repository.run('bump', '--dry-run').status).toBe(0);
    expect(repository.read(TRIAGE)).toContain('version: 1.2.0');
    expect(repository.run('bump', 'support/triage', '--level', 'minor').stdout).toContain('1.2.0 -> 1.3.0');
    expect(repository.run('bump', 'support/triage', '--level', 'minor')).toMatchObject({ status: 0, stdout: '' });
    expect(repository.run('bump', '--check').status).toBe(0);
    expect(repository.run('bump', 'support/triag').stderr).toContain('did you mean `support/triage`?');
  });

  it('makes pre-releases on the way, and the next one once it is tagged', () => {
    const repository = released();
    repository.write({ [TRIAGE]: triage(OUTPUT_NEW) });
    repository.commit();
    repository.run('bump', '--pre', 'rc');
    expect(repository.read(TRIAGE)).toContain('version: 2.0.0-rc.0');
    expect(repository.read(CONFIG)).toContain('version: 3.0.0-rc.0');
    expect(repository.run('bump', '--pre', 'rc').stdout).toBe('');
    expect(repository.run('bump', '--check').status, 'a candidate is on its way').toBe(0);
    repository.commit();
    expect(repository.run('release').stdout).toContain('prompts@3.0.0-rc.0');
    repository.write({ [TRIAGE]: repository.read(TRIAGE).replace('our', 'the') });
    repository.run('bump', '--pre', 'rc');
    expect(repository.read(TRIAGE)).toContain('version: 2.0.0-rc.1');
    repository.run('bump');
    expect(repository.read(TRIAGE)).toContain('version: 2.0.0\n');
    expect(repository.read(CONFIG)).toContain('version: 3.0.0\n');
  });

  it('takes the highest reachable version: not a branch, not a candidate, not a tag that is none', () => {
    const repository = released();
    repository.git('tag', 'prompts@latest');
    repository.git('tag', 'prompts@2.0.1-rc.0');
    repository.git('checkout', '-q', '-b', 'other');
    repository.write({
      [CONFIG]: repository.read(CONFIG).replace('2.0.0', '2.0.1'),
      [TRIAGE]: triage(OUTPUT_OLD, '1.2.1').replace('our', 'some'),
    });
    repository.commit();
    repository.run('release');
    repository.git('checkout', '-q', 'main');
    repository.write({ [TRIAGE]: triage(OUTPUT_OLD).replace('our', 'the') });
    const run = repository.run('bump');
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('needs 1.2.1, which prompts@2.0.1 has released on another branch');
    expect(repository.read(TRIAGE)).toContain('version: 1.2.0');
  });

  it('finds the higher of two tags on one commit', () => {
    const repository = released();
    repository.git('tag', 'prompts@1.9.0');
    repository.write({ [TRIAGE]: triage(OUTPUT_OLD).replace('our', 'the') });
    expect(jsonOf(repository.run('bump', '--dry-run', '--json'))['summary']).toMatchObject({
      against: ['prompts@2.0.0'],
    });
  });

  it('leaves declared versions alone before the first release, and takes a ref instead', () => {
    const repository = repositoryWith();
    repository.write({ [TRIAGE]: triage().replace('our', 'the') });
    const run = repository.run('bump');
    expect(run).toMatchObject({ status: 0, stdout: '' });
    expect(run.stderr).toContain('no release yet');
    expect(repository.run('bump', '--against', 'main').stdout).toContain('1.2.0 -> 1.2.1');
    expect(repository.run('bump', '--level', 'minor').stdout).toContain('2.0.1 -> 2.1.0');
    expect(repository.run('bump', '--level', 'minor').stdout).toBe('');
  });

  it('says what has no version', () => {
    const repository = released({ ...desk(), [TRIAGE]: triage().replace('version: 1.2.0\n', '') });
    repository.write({ [TRIAGE]: triage().replace('version: 1.2.0\n', '').replace('our', 'the') });
    const run = repository.run('bump');
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('`support/triage` changed and has no version');
    expect(run.stderr).toContain('add `version: 1.0.0`');
  });

  it('keeps independent versions, each from its own last release', () => {
    const repository = repositoryWith(desk('release: { tag: "{id}@{version}" }\n'));
    expect(repository.run('release').stdout).toContain('support/triage@1.2.0  released');
    repository.write({ 'prompts/tone.partial.md': 'Be short.\n' });
    expect(repository.run('bump').stdout).toBe(`support/triage   1.2.0 -> 1.2.1   (partial-changed)   ${TRIAGE}:2\n`);
    repository.commit();
    expect(repository.run('release').stdout).toContain('support/triage@1.2.1  released');
    expect(repository.git('tag')).toBe('billing/refund@0.3.0\nsupport/triage@1.2.0\nsupport/triage@1.2.1');
    expect(repository.run('bump')).toMatchObject({ status: 0, stdout: '' });
  });

  it('needs the whole history, and readable files', () => {
    const origin = released();
    const shallow = repositoryWith({});
    shallow.git('remote', 'add', 'origin', `file://${origin.folder}`);
    shallow.git('fetch', '-q', '--depth=1', 'origin', 'main');
    shallow.git('checkout', '-q', '-B', 'main', 'origin/main');
    const run = shallow.run('bump');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('git fetch --unshallow');
    origin.write({ [TRIAGE]: 'messages: [\n' });
    expect(origin.run('bump')).toMatchObject({ status: 1, stderr: expect.stringContaining(`${TRIAGE}:1`) as unknown });
  });
});
