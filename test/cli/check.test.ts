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
  type TestRepository,
  triage,
  TRIAGE,
} from '../release/repository.ts';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const CONFIG = 'promptctl.yaml';

/** The state of every gate by its name. */
function gatesOf(repository: TestRepository, ...args: string[]): Record<string, string> {
  const gates = jsonOf(repository.run('check', '--json', ...args))['gates'] as { name: string; state: string }[];
  return Object.fromEntries(gates.map(({ name, state }) => [name, state]));
}

function branchWith(text: string): TestRepository {
  const repository = repositoryWith({ ...desk(), [TRIAGE]: triage(OUTPUT_OLD) });
  repository.run('release');
  repository.git('checkout', '-q', '-b', 'work');
  repository.write({ [TRIAGE]: text });
  repository.commit();
  return repository;
}

function waiving(text: string): string {
  return triage(`${OUTPUT_NEW}waive: [${text}]\n`);
}

function manyRefunds(word: string): Record<string, string> {
  const text = REFUND.replace('Sum up', `${word} `.repeat(100));
  return Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`prompts/p${at}.prompt.yml`, text]));
}

describe('check', { timeout: 120_000 }, () => {
  it('passes where nothing is wrong', () => {
    const repository = repositoryWith();
    expect(gatesOf(repository)).toEqual({
      lint: 'pass',
      tests: 'pass',
      budgets: 'pass',
      changes: 'pass',
      versions: 'pass',
      bundle: 'skip',
      waivers: 'pass',
    });
    expect(repository.run('check')).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nPASS\n$/) as unknown });
  });

  it('is the way of a breaking change: the example, the waiver, the bump, the tag', () => {
    const repository = branchWith(triage(OUTPUT_NEW));
    const failed = repository.run('check');
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain('fail    changes   1 change against main: 1 neither waived nor announced');
    expect(failed.stdout).toContain('example: {"priority":null}');
    expect(failed.stdout).toContain('fail    versions  since prompts@2.0.0: 2 versions too low');

    const waiver = 'waive: [{ kind: output-widened, reason: readers are ready, until: 2026-02-01 }]\n';
    repository.write({ [TRIAGE]: triage(OUTPUT_NEW + waiver) });
    expect(gatesOf(repository)).toMatchObject({ changes: 'pass', versions: 'pass', waivers: 'pass' });
    expect(repository.run('bump', '--check').status, 'a waiver never lowers the bump').toBe(1);

    repository.run('bump');
    expect(gatesOf(repository)).toMatchObject({ changes: 'pass', versions: 'pass' });
    repository.write({ [TRIAGE]: repository.read(TRIAGE).replace(waiver, '') });
    expect(gatesOf(repository), 'the version announces it').toMatchObject({ changes: 'pass', versions: 'pass' });
    repository.commit();
    expect(repository.run('release').stdout).toContain('prompts@3.0.0  released');
  });

  it('reports a waiver that is over, idle or without a reason', () => {
    const repository = branchWith(waiving('{ kind: output-widened, reason: r, until: 2026-01-14 }'));
    expect(gatesOf(repository)).toMatchObject({ changes: 'fail', waivers: 'warn' });
    repository.write({ [TRIAGE]: waiving('{ kind: text-changed, reason: r, until: 2027-01-01 }') });
    expect(gatesOf(repository)).toMatchObject({ changes: 'fail', waivers: 'warn' });
    repository.write({ [TRIAGE]: waiving('{ kind: output-widened, until: 2027-01-01 }') });
    expect(gatesOf(repository)).toMatchObject({ changes: 'fail', waivers: 'fail' });
  });

  it('fails at the severity that is asked for', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: triage('modelParameters: { maxTokens: 300 }\n') });
    repository.git('checkout', '-q', '-b', 'work');
    repository.write({ [TRIAGE]: triage('modelParameters: { maxTokens: 100 }\n') });
    expect(gatesOf(repository)).toMatchObject({ changes: 'pass' });
    expect(gatesOf(repository, '--fail-on', 'dangerous')).toMatchObject({ changes: 'fail' });
    repository.write({ [TRIAGE]: undefined });
    expect(gatesOf(repository)).toMatchObject({ changes: 'fail' });
    expect(gatesOf(repository, '--fail-on', 'none')).toMatchObject({ changes: 'pass' });
  });

  it('renders every row, those of the tests file too, and holds budgets', () => {
    const repository = repositoryWith({
      ...desk(),
      [TRIAGE]: triage('tests: ./cases.jsonl\nbudget: { inputTokens: 20 }\n'),
      'prompts/support/cases.jsonl':
        '{"$name":"fine","ticket":"a"}\n{"$name":"empty"}\n{"$name":"later","$skip":true}\n',
      'prompts/billing/refund.prompt.yml': `${REFUND}tests: ./cases.csv\n`,
      'prompts/billing/cases.csv': `reason\n${'x'.repeat(501)}\n`,
    });
    const run = repository.run('check', '--json');
    expect(run.status).toBe(1);
    const gates = jsonOf(run)['gates'] as { name: string; state: string; details: string[] }[];
    const details = (name: string): string[] => gates.find((gate) => gate.name === name)!.details;
    expect(details('tests')).toHaveLength(2);
    expect(details('tests').join('\n')).toMatch(/support\/triage, .*\(empty\): .*ticket/);
    expect(details('tests').join('\n')).toMatch(/billing\/refund, .*cases\.csv/);
    expect(details('budgets')[0]).toMatch(/^support\/triage: \d+ input tokens at the worst case, 20 allowed$/);
  });

  it('fails on lint errors and says where', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: triage().replace('{{ticket}}', '{{tickt}}') });
    const { status, stdout } = repository.run('check');
    expect(status).toBe(1);
    expect(stdout).toMatch(/fail {4}lint[^]*prompts\/support\/triage\.prompt\.yml:9:\d+ `tickt` is not declared/);
  });

  it('wants a committed bundle to be fresh', () => {
    const repository = repositoryWith();
    repository.run('compile');
    repository.commit();
    expect(gatesOf(repository)).toMatchObject({ bundle: 'pass' });
    repository.write({ 'prompts/tone.partial.md': 'Be short.\n' });
    expect(gatesOf(repository)).toMatchObject({ bundle: 'fail' });
  });

  it('says what git can not answer, and runs the rest', () => {
    const origin = branchWith(triage(OUTPUT_NEW));
    origin.commit();
    origin.git('checkout', '-q', 'main');
    const folder = join(folderOf(), 'shallow');
    origin.git('clone', '-q', '--depth=1', '--no-single-branch', '--branch=work', `file://${origin.folder}`, folder);
    const run = openRepository(folder).run('check');
    expect(run.status).toBe(3);
    expect(run.stdout).toContain('unknown changes   This clone is shallow');
    expect(run.stdout).toContain('unknown versions  This clone is shallow');
    expect(run.stdout).toContain('pass    lint');
    const plain = runCli(['check'], { cwd: folderOf(desk()) });
    expect(plain.status).toBe(3);
    expect(plain.stdout).toContain('not a git repository');
  });

  it('keeps a comment within what GitHub takes', () => {
    const repository = repositoryWith({ ...desk(), ...manyRefunds('Sum') });
    repository.write(manyRefunds('Tell'));
    const { stdout } = repository.run('check', '--format', 'markdown');
    expect(stdout.length).toBeLessThan(65_536);
    expect(stdout).toContain('too many for a comment: `promptctl diff` shows them');
  });

  it('writes a comment that the next run can find, and that no prompt can break out of', () => {
    const hostile = triage('description: x\n').replace(
      'our team',
      'our team\\n```\\n@everyone <img src=x onerror=alert(1)> | a | ` b',
    );
    const repository = branchWith(
      hostile.replace('content: Sort', 'content: "Sort').replace('{{> tone}}', '{{> tone}}"'),
    );
    const { stdout } = repository.run('check', '--format', 'markdown');
    expect(stdout).toMatch(/^<!-- promptctl-check: \. -->\n### Prompts: some checks fail\n/);
    const fence = /^ {2}(`{3,})text$/m.exec(stdout)![1]!;
    expect(fence, 'longer than any run of marks in the text').toBe('````');
    expect(stdout.split(fence)[0]).not.toContain('@everyone');
    expect(stdout.split(fence)[2]).not.toContain('@everyone');
    repository.write({ [CONFIG]: repository.read(CONFIG) });
    const inner = repositoryWith(
      Object.fromEntries(Object.entries(desk()).map(([path, text]) => [`apps/desk/${path}`, text])),
    );
    expect(openRepository(join(inner.folder, 'apps/desk')).run('check', '--format', 'markdown').stdout).toMatch(
      /^<!-- promptctl-check: apps\/desk -->/,
    );
  });
});
