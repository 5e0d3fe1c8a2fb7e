import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  desk,
  diffOf,
  kindsOf,
  openRepository,
  repositoryWith,
  type TestRepository,
  triage,
  TRIAGE,
} from '../release/repository.ts';
import { folderOf } from '../support/folder.ts';

function link(repository: TestRepository, path: string, target: string): void {
  const full = join(repository.folder, path);
  mkdirSync(dirname(full), { recursive: true });
  rmSync(full, { force: true });
  symlinkSync(target, full);
}

/** The desk with a second name for the triage prompt, and its texts in a folder that has two names too. */
function linkedDesk(): TestRepository {
  const repository = repositoryWith({
    ...desk(),
    [TRIAGE]: triage().replace('tone}}', 'brand/tone}}'),
    'prompts/house/tone.partial.md': 'Be kind.\n',
    'versions/1.yml': triage().replace('{{> tone}}', 'One.'),
    'versions/2.yml': triage().replace('{{> tone}}', 'Two.'),
  });
  link(repository, 'prompts/mobile.prompt.yml', 'support/triage.prompt.yml');
  link(repository, 'prompts/current.prompt.yml', '../versions/1.yml');
  link(repository, 'prompts/brand', 'house');
  repository.commit('links');
  return repository;
}

describe('links in git', { timeout: 120_000 }, () => {
  it('nothing changed, and what a link leads to changed', () => {
    const repository = linkedDesk();
    expect(kindsOf(diffOf(repository))).toEqual([]);
    repository.write({
      [TRIAGE]: triage().replace('tone}}', 'brand/tone}}').replace('our team', 'you'),
      'versions/1.yml': triage().replace('{{> tone}}', 'First.'),
    });
    const expected = ['current text-changed', 'mobile text-changed', 'support/triage text-changed'];
    expect(kindsOf(diffOf(repository))).toEqual(expected);
    repository.git('branch', 'before');
    repository.commit();
    expect(kindsOf(diffOf(repository, '--against', 'before')), 'both sides committed').toEqual(expected);
  });

  it('a link leads elsewhere, becomes a file, or leads nowhere', () => {
    const repository = linkedDesk();
    link(repository, 'prompts/current.prompt.yml', '../versions/2.yml');
    expect(kindsOf(diffOf(repository))).toEqual(['current text-changed']);
    rmSync(join(repository.folder, 'prompts/current.prompt.yml'));
    repository.write({ 'prompts/current.prompt.yml': triage().replace('{{> tone}}', 'Three.') });
    expect(kindsOf(diffOf(repository))).toEqual(['current text-changed']);
    link(repository, 'prompts/current.prompt.yml', '../versions/3.yml');
    const gone = repository.run('diff');
    expect(gone.status).toBe(1);
    expect(gone.stdout).toContain('prompts/current.prompt.yml is a link to a file that is not there');
    repository.commit('a broken link');
    repository.write({ 'versions/3.yml': triage() });
    expect(kindsOf(diffOf(repository))).toEqual(['current prompt-unreadable-before']);
    expect(repository.run('diff').stdout).toContain('old side: prompts/current.prompt.yml is a link');
  });

  it('a partial in a linked folder changed, and the folder itself', () => {
    const repository = linkedDesk();
    repository.write({ 'prompts/house/tone.partial.md': 'Be brief.\n' });
    expect(kindsOf(diffOf(repository))).toEqual(['mobile partial-changed', 'support/triage partial-changed']);
    repository.git('checkout', '-q', '.');
    repository.write({ 'prompts/other/tone.partial.md': 'Be loud.\n' });
    link(repository, 'prompts/brand', 'other');
    expect(kindsOf(diffOf(repository))).toEqual(['mobile partial-changed', 'support/triage partial-changed']);
  });

  it('a link out of the workspace is refused on both sides alike', () => {
    const outside = folderOf({ 'x.prompt.yml': triage() });
    const repository = repositoryWith();
    link(repository, 'prompts/out.prompt.yml', join(outside, 'x.prompt.yml'));
    expect(repository.run('diff').stdout).toContain('prompts/out.prompt.yml is a link that leaves the workspace');
    repository.commit();
    repository.write({ 'promptctl.yaml': `${desk()['promptctl.yaml']}# a comment\n` });
    rmSync(join(repository.folder, 'prompts/out.prompt.yml'));
    repository.write({ 'prompts/out.prompt.yml': triage() });
    expect(repository.run('diff').stdout).toContain('is a link that leaves the workspace');
  });

  it('a release holds what links lead to, and a clone elsewhere verifies it', () => {
    const repository = linkedDesk();
    expect(repository.run('release')).toMatchObject({ status: 0 });
    const folder = join(folderOf(), 'clone');
    repository.git('clone', '-q', repository.folder, folder);
    expect(openRepository(folder).run('verify', 'prompts@2.0.0')).toMatchObject({ status: 0 });
    expect(repository.git('cat-file', '-p', 'prompts@2.0.0')).toContain('Promptctl-Prompt: mobile 1.2.0');
    repository.write({ 'versions/1.yml': triage().replace('{{> tone}}', 'First.') });
    expect(repository.run('bump').stdout).toContain('current');
    expect(repository.read('versions/1.yml'), 'written where it stands').toContain('version: 1.2.1');
    expect(repository.git('ls-files', '-s', 'prompts/current.prompt.yml')).toContain('120000');
    expect(repository.git('status', '--porcelain')).not.toContain('prompts/current.prompt.yml');
  });
});
