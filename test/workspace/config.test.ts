import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultId, findConfig, globMatcher, idProblem, parseConfig } from '../../src/workspace/index.ts';
import { folderOf } from '../support/folder.ts';

describe('promptctl.yaml', () => {
  it('has defaults', () => {
    expect(parseConfig('', undefined)).toMatchObject({
      prompts: ['**/*.prompt.{yml,yaml}'],
      root: '',
      preset: 'recommended',
      compile: { out: 'dist/prompts.json', types: [] },
    });
  });

  it.each([
    [['prompts/**/*.prompt.yml'], 'prompts'],
    [['prompts/a/*.prompt.yml', 'prompts/b/**'], 'prompts'],
    [['a/*.prompt.yml', 'b/*.prompt.yml'], ''],
    [['./prompts/**/*.prompt.yml'], 'prompts'],
    [['prompts/triage.prompt.yml'], 'prompts'],
    [['prompts/**', '!prompts/old/**'], 'prompts'],
  ])('takes for the root of %j the folder `%s`', (prompts, root) => {
    expect(parseConfig(JSON.stringify({ prompts }), 'promptctl.yaml').root).toBe(root);
  });

  it.each([
    ['prompt: a\n', 'promptctl.yaml:1:1 `prompt` is no key of the format (did you mean `prompts`?)'],
    ['version: 1\nextends: strict\n', 'promptctl.yaml:2:10 '],
    ['compile:\n  out: [a]\n', 'promptctl.yaml:2:8 '],
    ['a: [\n', 'promptctl.yaml:1:'],
    ['version: 1\nversion: 2\n', 'promptctl.yaml:2:1 `version` stands twice'],
    ['- a\n', 'promptctl.yaml must be a mapping'],
    ['root: ../other\n', 'lies outside the workspace'],
    ['root: /etc\n', 'lies outside the workspace'],
  ])('says what is wrong in %j, and where', (text, message) => {
    expect(() => parseConfig(text, 'promptctl.yaml')).toThrow(
      expect.objectContaining({
        name: 'PromptctlError',
        code: 'config',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it('is found by walking up, to the git root and not beyond', () => {
    const folder = folderOf({ 'promptctl.yaml': 'version: 1.0.0\n', 'repo/prompts/deep/a.txt': '' });
    expect(findConfig(join(folder, 'repo/prompts/deep'))).toMatchObject({ folder, config: { version: '1.0.0' } });
    execFileSync('git', ['init', '-q'], { cwd: join(folder, 'repo') });
    const found = findConfig(join(folder, 'repo/prompts/deep'));
    expect(found.folder).toBe(join(folder, 'repo/prompts/deep'));
    expect(found.config.version).toBeUndefined();
  });

  it('says that a named file is missing, a folder, or no UTF-8', () => {
    const folder = folderOf({ 'latin.yaml': Buffer.from([0x61, 0xe9]) });
    mkdirSync(join(folder, 'folder.yaml'));
    expect(() => findConfig(folder, 'nowhere.yaml')).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => findConfig(folder, 'folder.yaml')).toThrow(expect.objectContaining({ name: 'PromptctlError' }));
    expect(() => findConfig(folder, 'latin.yaml')).toThrow(expect.objectContaining({ code: 'config' }));
  });
});

describe('globs', () => {
  it.each([
    ['**/*.prompt.{yml,yaml}', 'a.prompt.yml', true],
    ['**/*.prompt.{yml,yaml}', 'a/b/.github/x.prompt.yaml', true],
    ['prompts/*.prompt.yml', 'prompts/a/b.prompt.yml', false],
    ['prompts/**/*.prompt.yml', 'prompts/b.prompt.yml', true],
    ['prompts/**', 'prompts-old/a.prompt.yml', false],
    ['prompts/[ab].prompt.yml', 'prompts/a.prompt.yml', true],
    ['prompts/?.prompt.yml', 'prompts/é.prompt.yml', true],
    ['./prompts/*.yml', 'prompts/a.yml', true],
  ])('%s and %s: %s', (glob, path, expected) => {
    expect(globMatcher([glob])(path)).toBe(expected);
  });

  it('take out again what begins with !', () => {
    const matches = globMatcher(['prompts/**/*.prompt.yml', '!prompts/old/**']);
    expect(['prompts/a.prompt.yml', 'prompts/old/a.prompt.yml'].map(matches)).toEqual([true, false]);
  });
});

describe('ids', () => {
  const candidates = [
    'triage',
    'support/triage',
    'a.b',
    'a_b-c',
    '9',
    'a/b/c',
    'Triage',
    'a b',
    '-a',
    'a..b',
    'a.lock',
    'a.lock/b',
    'a/',
    '/a',
    'a//b',
    'a/.b',
    '.a',
    'a.',
    'a~',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    '@{',
    'é',
    '',
    '@',
    'a\u0000',
    'a\n',
  ];

  it('that pass are names of git tags', () => {
    const passed = candidates.filter((id) => idProblem(id) === undefined);
    expect(passed).toEqual(['triage', 'support/triage', 'a.b', 'a_b-c', '9', 'a/b/c']);
    for (const id of passed) execFileSync('git', ['check-ref-format', `refs/tags/${id}@1.0.0`]);
  });

  it('of github-mode files are made valid in silence', () => {
    const made = [
      'prompts/My Prompt.prompt.yml',
      'prompts/Ünder/.x..y.lock.prompt.yaml',
      'prompts/---.prompt.yml',
      '.github/prompts/A.prompt.yml',
    ].map((file) => defaultId(file, 'prompts', false));
    expect(made.map(idProblem)).toEqual([undefined, undefined, undefined, undefined]);
    expect(made[0]).toBe('my-prompt');
    expect(made[3]).toBe('github/prompts/a');
  });
});
