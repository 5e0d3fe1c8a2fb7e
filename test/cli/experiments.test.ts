import { describe, expect, it } from 'vitest';
import {
  desk,
  type DiffDocument,
  diffOf,
  jsonOf,
  kindsOf,
  repositoryWith,
  type TestRepository,
  triage,
  TRIAGE,
} from '../release/repository.ts';

const FILE = 'experiments/tone.yaml';
const TERSE = 'variants: { terse: { modelParameters: { temperature: 0 } } }\n';

function experiment(weights: readonly [number, number], more = ''): string {
  return `key: tone
algorithm: pc1
salt: tone-1
unit: user
variants:
  - { prompt: support/triage, weight: ${weights[0]} }
  - { prompt: support/triage, variant: terse, weight: ${weights[1]} }
${more}`;
}

function released(): TestRepository {
  const repository = repositoryWith({ ...desk(), [TRIAGE]: triage(TERSE), [FILE]: experiment([5000, 5000]) });
  expect(repository.run('release').stdout).toContain('prompts@2.0.0  released');
  return repository;
}

describe('experiments', { timeout: 120_000 }, () => {
  it('are part of the bundle, of its digest and of its version, and of no prompt', () => {
    const repository = released();
    repository.run('compile', '--out', 'before.json');
    expect(JSON.parse(repository.read('before.json'))).toMatchObject({ experiments: { tone: { salt: 'tone-1' } } });
    repository.write({ [FILE]: `# gentler\n${experiment([9000, 1000])}` });
    const diff = repository.run('diff');
    expect(diff.stdout.replace(/ {9,}/g, '    ')).toBe(
      `bundle  2.0.0 -> needs 2.0.1    patch
  patch     the experiment \`tone\` changed: 90 % support/triage, 10 % support/triage (terse), before 50 % support/triage, 50 % support/triage (terse)  rollout-changed
1 change in the bundle, against main.
`,
    );
    expect(repository.run('diff', '--format', 'markdown').stdout).toContain('**The bundle**');
    expect(kindsOf(diffOf(repository, '--against', 'before.json'))).toEqual([' rollout-changed']);
    expect(diffOf(repository, 'support/triage', '--against', 'main')).toMatchObject({ changes: [] });
    expect(repository.run('changelog').stdout).toContain('- `bundle`: the experiment `tone` changed: 90 %');
    expect(repository.run('bump').stdout.trim().split('\n')).toEqual([
      'bundle   2.0.0 -> 2.0.1   (rollout-changed)   promptctl.yaml:1',
    ]);
    expect(repository.run('release').stderr, 'dirty').toContain(FILE);
    repository.commit();
    expect(repository.run('release').stdout).toContain('prompts@2.0.1  released');
    expect(repository.run('verify', 'prompts@2.0.1')).toMatchObject({ status: 0 });
    repository.run('compile', '--out', 'after.json');
    const digest = (file: string): unknown => (JSON.parse(repository.read(file)) as { digest: string }).digest;
    expect(digest('after.json')).not.toBe(digest('before.json'));
    for (const file of ['before.json', 'after.json']) expect(repository.run('verify', file).status).toBe(0);
    repository.write({ 'after.json': repository.read('after.json').replace('9000', '8000') });
    expect(repository.run('verify', 'after.json').status, 'a bundle that was tampered with').toBe(1);
  });

  it('come, are switched off, are dealt anew, and go', () => {
    const repository = released();
    const message = (): string | undefined =>
      (diffOf(repository) as DiffDocument & { changes: { message: string }[] }).changes[0]?.message;
    repository.write({ [FILE]: experiment([5000, 5000], 'off: true\n') });
    expect(message()).toBe('the experiment `tone` changed: off is true, not unset');
    repository.write({ [FILE]: experiment([5000, 5000]).replace('tone-1', 'tone-2') });
    expect(message()).toContain('salt is "tone-2", not "tone-1"; every unit may get another variant');
    repository.write({ [FILE]: undefined });
    expect(message()).toBe('the experiment `tone` is gone');
    repository.commit();
    repository.write({ [FILE]: experiment([5000, 5000]) });
    expect(message()).toContain('is new: 50 % support/triage');
    repository.write({ [FILE]: undefined, 'experiments/renamed.yml': experiment([5000, 5000]) });
    repository.git('checkout', '-q', 'prompts@2.0.0');
    expect(kindsOf(diffOf(repository, '--against', 'main'))).toEqual([' rollout-changed']);
  });

  it('that are broken stop what would be made of them; files of others are let be', () => {
    const repository = released();
    repository.write({ 'experiments/train.yaml': 'lr: [0.1\n', 'experiments/notes.yml': 'key: value\n' });
    expect(repository.run('diff')).toMatchObject({ status: 0, stdout: 'No change that counts, against main.\n' });
    for (const [text, message] of [
      [experiment([9000, 9000]), 'has weights of 18000 together, out of 10000'],
      [experiment([5000, 5000]).replace('weight: 5000', 'weight: half'), 'whose weight is no whole number'],
      [experiment([5000, 5000]).replace('prompt: support/triage', 'prompt: 1'), 'names no prompt'],
      [`${experiment([5000, 5000])}salt: [\n`, `${FILE} `],
      ['key: tone\nvariants: []\n', 'lists no variants'],
    ] as const) {
      repository.write({ [FILE]: text });
      const diff = repository.run('diff');
      expect(diff.status).toBe(1);
      expect(diff.stdout).toContain(message);
      expect(diff.stdout).not.toContain('is gone');
      expect(repository.run('compile')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(message) as unknown,
      });
    }
    repository.write({ [FILE]: experiment([5000, 5000]), 'experiments/tone-2.yaml': experiment([1, 2]) });
    expect(repository.run('compile').stderr).toContain('both have the key tone');
    expect(jsonOf(repository.run('check', '--json'))).toMatchObject({ summary: { verdict: 'fail' } });
  });
});
