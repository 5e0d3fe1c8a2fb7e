import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  desk,
  diffOf,
  kindsOf,
  openRepository,
  OUTPUT_NEW,
  OUTPUT_OLD,
  REFUND,
  repositoryWith,
  triage,
  TRIAGE,
} from '../release/repository.ts';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const TEXT = 'for our team';
const OTHER_TEXT = 'for the billing team';

function schemaOf(type: string): string {
  return `{"type":"object","required":["a"],"properties":{"a":{"type":${type}}}}`;
}

describe('the sides', () => {
  it('says that nothing changed', () => {
    const run = repositoryWith().run('diff');
    expect(run).toMatchObject({ status: 0, stdout: 'No change that counts, against main.\n' });
  });

  it('compares the working tree, untracked files in and ignored files out', () => {
    const repository = repositoryWith({ ...desk(), '.gitignore': 'draft.prompt.yml\n' });
    repository.git('checkout', '-q', '-b', 'work');
    repository.write({
      [TRIAGE]: triage().replace(TEXT, OTHER_TEXT),
      'prompts/new.prompt.yml': REFUND,
      'prompts/draft.prompt.yml': REFUND,
    });
    const document = diffOf(repository);
    expect(document.against).toBe('main');
    expect(kindsOf(document)).toEqual(['new prompt-added', 'support/triage text-changed']);
    repository.git('add', TRIAGE);
    expect(kindsOf(diffOf(repository)), 'staged is the same').toEqual(kindsOf(document));
  });

  it('compares with where the branch left main, not with what main did since', () => {
    const repository = repositoryWith();
    repository.git('checkout', '-q', '-b', 'work');
    repository.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
    repository.commit();
    repository.git('checkout', '-q', 'main');
    repository.write({ 'prompts/billing/refund.prompt.yml': undefined });
    repository.commit('delete in one branch');
    repository.git('checkout', '-q', 'work');
    expect(kindsOf(diffOf(repository))).toEqual(['support/triage text-changed']);
    expect(kindsOf(diffOf(repository, '--against', 'main'))).toEqual([
      'billing/refund prompt-added',
      'support/triage text-changed',
    ]);
  });

  it.each(['master', 'trunk'])('finds %s where there is no main', (branch) => {
    const repository = repositoryWith(desk(), branch);
    repository.git('checkout', '-q', '-b', 'work');
    repository.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
    repository.commit();
    expect(diffOf(repository).against).toBe(branch);
    expect(kindsOf(diffOf(repository))).toEqual(['support/triage text-changed']);
  });

  it('finds the branch that only origin/HEAD names, and prefers it to a stale local one', () => {
    const origin = repositoryWith(desk(), 'develop');
    const folder = join(folderOf(), 'clone');
    origin.git('clone', '-q', origin.folder, folder);
    const clone = openRepository(folder);
    clone.git('checkout', '-q', '-b', 'work');
    clone.git('branch', '-q', '-D', 'develop');
    clone.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
    expect(diffOf(clone)).toMatchObject({ against: 'origin/develop' });
  });

  it('takes the remote-tracking ref, where the local branch is stale', () => {
    const origin = repositoryWith();
    const folder = join(folderOf(), 'clone');
    origin.git('clone', '-q', origin.folder, folder);
    const clone = openRepository(folder);
    origin.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
    origin.commit();
    clone.git('fetch', '-q');
    clone.git('checkout', '-q', '-b', 'work', 'origin/main');
    expect(kindsOf(diffOf(clone))).toEqual([]);
    expect(diffOf(clone).against).toBe('origin/main');
  });

  it('works on a detached HEAD, in a worktree and in a subfolder of a larger repository', () => {
    const files = Object.fromEntries(Object.entries(desk()).map(([path, text]) => [`apps/desk/${path}`, text]));
    const repository = repositoryWith({ ...files, 'other/x.txt': 'x' });
    repository.git('checkout', '-q', '--detach');
    const tree = join(folderOf(), 'tree');
    repository.git('worktree', 'add', '-q', tree);
    for (const folder of [repository.folder, tree]) {
      const inner = openRepository(join(folder, 'apps/desk'));
      inner.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT), '../../other/x.txt': 'y' });
      expect(kindsOf(diffOf(inner)), folder).toEqual(['support/triage text-changed']);
    }
  });

  it('takes a folder, a bundle and any ref', () => {
    const repository = repositoryWith();
    const old = folderOf();
    cpSync(repository.folder, old, { recursive: true, filter: (path) => !path.includes('.git') });
    expect(repository.run('compile', '--out', 'old.json').status).toBe(0);
    repository.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
    repository.git('tag', 'before');
    for (const against of [old, 'old.json', 'before', 'HEAD'])
      expect(kindsOf(diffOf(repository, '--against', against)), against).toEqual(['support/triage text-changed']);
  });

  it('weighs and renders the same against a bundle as against the files it was compiled from', () => {
    const examples = 'examples:\n  - { input: { ticket: It hangs }, output: bugs }\n';
    const repository = repositoryWith({ ...desk(), [TRIAGE]: triage(`${OUTPUT_OLD}${examples}`) });
    repository.run('compile', '--out', 'bundle.json');
    repository.write({ [TRIAGE]: triage(`${OUTPUT_NEW}${examples}`).replace(TEXT, OTHER_TEXT) });
    const lines = (...args: string[]): string | undefined =>
      /tokens .*cost .*/.exec(repository.run('diff', ...args).stdout)?.[0];
    expect(lines()).toMatch(/tokens \+\d+ .*cost/);
    expect(lines('--against', 'bundle.json')).toBe(lines());
  });

  it('needs no repository for a folder or a bundle', () => {
    const old = folderOf(desk());
    const now = folderOf({ ...desk(), [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
    const run = runCli(['diff', '--against', old, '--json'], { cwd: now });
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ summary: { level: 'patch' } });
  });
});

it('works inside a hook, which names the repository by a relative path', () => {
  const repository = repositoryWith(
    Object.fromEntries(Object.entries(desk()).map(([path, text]) => [`apps/desk/${path}`, text])),
  );
  const inner = openRepository(join(repository.folder, 'apps/desk'), { GIT_DIR: '.git' });
  inner.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
  expect(kindsOf(diffOf(inner))).toEqual(['support/triage text-changed']);
});

it('reads each side with its own configuration', () => {
  const repository = repositoryWith();
  repository.write({
    'promptctl.yaml': 'version: 2.0.0\nprompts: "prompts/billing/*.prompt.yml"\nroot: prompts/billing\n',
    'prompts/tone.partial.md': 'Be short.\n',
  });
  expect(kindsOf(diffOf(repository))).toEqual([
    'billing/refund prompt-removed',
    'refund prompt-added',
    'support/triage prompt-removed',
  ]);
});

describe('what changed', () => {
  it('prints the example, the words and the weight', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: triage(OUTPUT_OLD) });
    repository.write({ [TRIAGE]: triage(OUTPUT_NEW).replace(TEXT, OTHER_TEXT) });
    const { stdout, status } = repository.run('diff');
    expect(status).toBe(0);
    expect(stdout).toContain('support/triage  1.2.0 -> needs 2.0.0');
    expect(stdout).toContain('example: {"priority":null}');
    expect(stdout).toContain('[-our-]{+the billing+}');
    expect(stdout).toMatch(/tokens \+\d+ \(\+\d+\.\d %\), cost \+\$/);
    expect(stdout).toMatch(/bundle {2}2\.0\.0 -> needs 3\.0\.0 +major/);
    const whole = repository.run('diff', '--text', '--rendered').stdout;
    expect(whole).toContain('rendered, crash, system:');
  });

  it('reaches every prompt that includes a partial, through others too', () => {
    const files = {
      ...desk(),
      'prompts/tone.partial.md': '{{> brand}}\n',
      'prompts/brand.partial.md': 'We are Acme.\n',
    };
    const repository = repositoryWith(files);
    repository.write({ 'prompts/brand.partial.md': 'We are Acme Ltd.\n' });
    expect(kindsOf(diffOf(repository))).toEqual(['support/triage partial-changed']);
    expect(repository.run('diff').stdout).toContain('1 prompt includes the partial brand, which changed');
  });

  it('reaches a prompt through the file of its schema', () => {
    const repository = repositoryWith({
      ...desk(),
      [TRIAGE]: triage('responseFormat: json_schema\njsonSchema: { $ref: ./out.json }\n'),
      'prompts/support/out.json': schemaOf('"string"'),
    });
    repository.write({ 'prompts/support/out.json': schemaOf('["string","null"]') });
    expect(kindsOf(diffOf(repository))).toEqual(['support/triage output-widened']);
  });

  it('finds nothing in comments, key order, quotes, line ends and moved files', () => {
    const tone = 'Be kind.\n{{#if ticket}}\nRead it.\n{{/if}}\nBe short.\n';
    const repository = repositoryWith({ ...desk(), 'prompts/tone.partial.md': tone });
    const moved = triage('').replace(
      'promptctl: 1\nversion: 1.2.0\n',
      '# moved\nversion: "1.2.0"\npromptctl: 1\nid: support/triage\n',
    );
    repository.write({
      [TRIAGE]: undefined,
      'prompts/sorting.prompt.yml': moved.replaceAll('\n', '\r\n'),
      'prompts/tone.partial.md': 'Be kind.\r\n{{#if ticket}}\r\nRead it.\r\n{{/if}}\r\nBe short.\r\n',
    });
    expect(kindsOf(diffOf(repository))).toEqual([]);
    expect(repository.run('diff').stdout).toContain('support/triage  unchanged');
  });

  it('follows a rename with an alias, and hints at one without', () => {
    const repository = repositoryWith();
    repository.write({ [TRIAGE]: undefined, 'prompts/sorting.prompt.yml': triage('aliases: [support/triage]\n') });
    expect(kindsOf(diffOf(repository))).toEqual(['sorting prompt-renamed']);
    repository.write({ 'prompts/sorting.prompt.yml': triage() });
    expect(kindsOf(diffOf(repository))).toEqual(['sorting prompt-added', 'support/triage prompt-removed']);
    expect(repository.run('diff').stdout).toContain('add `aliases: [support/triage]` there');
  });

  it('sees a rename that only changes case, and paths that are not ASCII', () => {
    const repository = repositoryWith({ ...desk(), 'prompts/grüße/antwort.prompt.yml': REFUND });
    renameSync(join(repository.folder, TRIAGE), join(repository.folder, 'prompts/support/Triage.prompt.yml'));
    repository.write({
      'prompts/grüße/antwort.prompt.yml': REFUND.replace('Sum up', 'Summarise'),
      'prompts/support/Triage.prompt.yml': triage('id: support/triage\n'),
    });
    expect(kindsOf(diffOf(repository))).toEqual(['grüße/antwort text-changed']);
  });

  it('compares only the prompts named', () => {
    const repository = repositoryWith();
    repository.write({
      [TRIAGE]: triage('# x\n').replace(TEXT, OTHER_TEXT),
      'prompts/tone.partial.md': 'Be short.\n',
      'prompts/billing/refund.prompt.yml': REFUND.replace('Sum', 'Add'),
    });
    expect(kindsOf(diffOf(repository, 'billing/refund'))).toEqual(['billing/refund text-changed']);
    expect(repository.run('diff', 'billing/refnd')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('did you mean `billing/refund`?') as unknown,
    });
  });
});

describe('the gate', () => {
  it('fails on what is asked for, unless it is waived', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: triage(OUTPUT_OLD) });
    repository.write({ [TRIAGE]: triage(OUTPUT_NEW) });
    expect(repository.run('diff').status).toBe(0);
    expect(repository.run('diff', '--fail-on', 'breaking').status).toBe(1);
    repository.write({
      [TRIAGE]: triage(
        `${OUTPUT_NEW}waive: [{ kind: output-widened, reason: readers are ready, until: 2026-01-15 }]\n`,
      ),
    });
    expect(repository.run('diff', '--fail-on', 'breaking').status, 'the last day counts').toBe(0);
    expect(diffOf(repository).prompts[0]).toMatchObject({ level: 'major' });
    repository.write({
      [TRIAGE]: triage(
        `${OUTPUT_NEW}waive: [{ kind: output-widened, reason: readers are ready, until: 2026-01-14 }]\n`,
      ),
    });
    expect(repository.run('diff', '--fail-on', 'breaking').status, 'expired').toBe(1);
    expect(repository.run('diff').stdout).toContain('the waiver of output-widened ended with 2026-01-14');
  });

  it('has the shape of its schema', () => {
    const repository = repositoryWith();
    repository.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT) });
    expect(diffOf(repository)).toMatchObject({
      schema: 'promptctl.diff/1',
      summary: { level: 'patch', breaking: 0, dangerous: 0, security: 0 },
      bundle: { level: 'patch' },
      prompts: [{ id: 'support/triage', level: 'patch', changes: [{ kind: 'text-changed' }] }],
      changes: [
        {
          kind: 'text-changed',
          category: 'BEHAVIOR',
          level: 'patch',
          severity: 'safe',
          security: false,
          promptId: 'support/triage',
          path: '/messages/0',
          message: 'text of the system message',
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
        },
      ],
    });
    expect(repository.run('diff', '--format', 'markdown').stdout).toContain('| `support/triage` | patch |');
  });
});

describe('what can go wrong', () => {
  it.each([
    [
      'an unborn branch',
      (): string => {
        const folder = folderOf(desk());
        openRepository(folder).git('init', '-q', '-b', 'main');
        return folder;
      },
      [],
      'has no commit yet',
      'git commit',
    ],
    ['no repository', (): string => folderOf(desk()), [], 'not a git repository', 'git init'],
    [
      'no such ref',
      (): string => repositoryWith().folder,
      ['--against', 'mian'],
      '`mian` is no ref, no folder and no bundle',
      'did you mean `main`?',
    ],
    [
      'no default branch',
      (): string => repositoryWith(desk(), 'topic').folder,
      [],
      'There is no default branch',
      '--against',
    ],
  ])('%s', (_, prepare, args, message, hint) => {
    const run = openRepository(prepare()).run('diff', ...args);
    expect(run).toMatchObject({ status: 3, stdout: '' });
    expect(run.stderr).toContain(message);
    expect(run.stderr).toContain(hint);
  });

  it('a bare repository', () => {
    const repository = repositoryWith();
    const bare = join(folderOf(), 'bare.git');
    repository.git('clone', '-q', '--bare', repository.folder, bare);
    const run = openRepository(bare).run('diff');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('git worktree add');
  });

  it('a shallow clone, only where the commit is missing', () => {
    const origin = repositoryWith();
    origin.git('checkout', '-q', '-b', 'work');
    for (const text of ['a', 'b', 'c']) {
      origin.write({ [TRIAGE]: triage().replace(TEXT, text) });
      origin.commit();
    }
    origin.git('checkout', '-q', 'main');
    const folder = join(folderOf(), 'shallow');
    origin.git('clone', '-q', '--depth=1', '--no-single-branch', '--branch=work', `file://${origin.folder}`, folder);
    const clone = openRepository(folder);
    const run = clone.run('diff');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('This clone is shallow');
    expect(run.stderr).toContain('git fetch --unshallow');
    clone.git('fetch', '-q', '--unshallow');
    expect(kindsOf(diffOf(clone))).toEqual(['support/triage text-changed']);
  });

  it('says on which side a file can not be read', () => {
    const repository = repositoryWith({ ...desk(), [TRIAGE]: 'messages: [\n' });
    repository.write({ [TRIAGE]: triage() });
    const document = diffOf(repository);
    expect(kindsOf(document)).toEqual(['support/triage prompt-unreadable-before']);
    expect(repository.run('diff').stdout).toContain(`could not be read on the old side: ${TRIAGE}:1`);
    repository.commit();
    repository.write({ [TRIAGE]: 'messages: [\n' });
    const broken = repository.run('diff');
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain(`can't be read: ${TRIAGE}:1`);
    expect(broken.stdout).not.toContain('prompt-removed');
  });

  it('a broken configuration on the old side', () => {
    const repository = repositoryWith({ ...desk(), 'promptctl.yaml': 'versoin: 1\n' });
    repository.write(desk());
    const run = repository.run('diff');
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('At main, promptctl.yaml:1:1');
  });
});

describe('the diff driver', () => {
  it('speaks of prompts in git log', () => {
    const repository = repositoryWith({ ...desk(), '.gitattributes': '*.prompt.yml diff=promptctl\n' });
    const bin = new URL('../../bin/promptctl.js', import.meta.url).pathname;
    repository.git('config', 'diff.promptctl.command', `"${process.execPath}" "${bin}" diff --git-driver`);
    repository.write({ [TRIAGE]: triage().replace(TEXT, OTHER_TEXT), 'prompts/new.prompt.yml': REFUND });
    repository.commit();
    const log = repository.git('log', '-1', '-p', '--ext-diff', '--format=%s');
    expect(log).toContain('text of the system message');
    expect(log).toContain('`new` is new');
    expect(repository.run('diff', '--git-driver', 'a')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('promptctl diff --git-driver') as unknown,
    });
  });
});

it('takes partials and prompts that a submodule holds for none of its own', () => {
  const inner = repositoryWith({ 'x.prompt.yml': REFUND });
  const repository = repositoryWith();
  repository.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.folder, 'prompts/vendor');
  repository.commit();
  mkdirSync(join(repository.folder, 'prompts/support'), { recursive: true });
  writeFileSync(join(repository.folder, 'prompts/vendor/x.prompt.yml'), REFUND.replace('Sum', 'Add'));
  expect(kindsOf(diffOf(repository))).toEqual([]);
});
