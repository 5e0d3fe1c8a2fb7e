import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskSource, gitSource, memorySource, type Source } from '../../src/workspace/index.ts';
import { folderOf } from '../support/folder.ts';

const FILES = {
  'prompts/triage.prompt.yml': 'name: Triage\n',
  'prompts/réponse.prompt.yml': 'name: Réponse\n',
  'prompts/two\nlines.prompt.yml': 'name: odd\n',
  'prompts/empty.prompt.yml': '',
  'README.md': 'Prompts\n',
};

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
}

function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = folderOf(files);
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'Prompts');
  return folder;
}

function textsOf(source: Source): Record<string, string> {
  const files = source.read(source.list());
  return Object.fromEntries(
    [...files].map(([path, content]) => [
      path,
      'bytes' in content ? Buffer.from(content.bytes).toString('utf8') : content.message,
    ]),
  );
}

describe.each([
  ['disk', (): Source => diskSource(folderOf(FILES))],
  ['memory', (): Source => memorySource(FILES)],
  ['git', (): Source => gitSource(repository(FILES), 'HEAD')],
])('the %s source', (_, make) => {
  it('lists in order and reads what it lists', () => {
    const source = make();
    expect(source.list()).toEqual(Object.keys(FILES).sort());
    expect(textsOf(source)).toEqual(FILES);
  });

  it('says nothing of what is not there', () => {
    const found = make().read([
      'nowhere.yml',
      'README.md/below',
      'prompts/triage.prompt.yml',
      '__proto__',
      'constructor',
    ]);
    expect([...found.keys()]).toEqual(['prompts/triage.prompt.yml']);
  });
});

describe('disk', () => {
  it('passes over .git, node_modules and .promptctl, and lists other dot folders', () => {
    const folder = folderOf({
      '.git/a.prompt.yml': '',
      'node_modules/x/a.prompt.yml': '',
      '.promptctl/a.prompt.yml': '',
      'prompts/node_modules/a.prompt.yml': '',
      '.github/prompts/a.prompt.yml': '',
    });
    expect(diskSource(folder).list()).toEqual(['.github/prompts/a.prompt.yml']);
  });

  it('says why a path can’t be read', () => {
    const outside = folderOf({ 'secret.yml': 'key' });
    const folder = folderOf({ 'inside/note.yml': 'note', 'large.yml': Buffer.alloc((4 << 20) + 1) });
    mkdirSync(join(folder, 'folder.prompt.yml'));
    symlinkSync('loop.yml', join(folder, 'loop.yml'));
    symlinkSync('gone', join(folder, 'broken.yml'));
    symlinkSync(join(outside, 'secret.yml'), join(folder, 'out.yml'));
    symlinkSync(outside, join(folder, 'away'));
    symlinkSync('inside', join(folder, 'near'));
    symlinkSync('inside/note.yml', join(folder, 'link.yml'));
    execFileSync('mkfifo', [join(folder, 'pipe.yml')]);
    const found = diskSource(folder).read([
      'folder.prompt.yml',
      'loop.yml',
      'broken.yml',
      'out.yml',
      'away/secret.yml',
      '../' + outside.split('/').at(-1)! + '/secret.yml',
      'near/note.yml',
      'link.yml',
      'large.yml',
      'pipe.yml',
    ]);
    const told = [...found].map(([path, content]) =>
      'bytes' in content ? `${path} -> ${content.realPath}` : `${path} ${content.trouble}`,
    );
    expect(told).toEqual([
      'folder.prompt.yml directory',
      'loop.yml unreadable',
      'broken.yml unreadable',
      'out.yml outside-root',
      'away/secret.yml outside-root',
      expect.stringMatching(/secret\.yml outside-root$/),
      'near/note.yml -> inside/note.yml',
      'link.yml -> inside/note.yml',
      'large.yml too-large',
      'pipe.yml unreadable',
    ]);
  });
});

describe('git', () => {
  it('reads a ref, not the working tree', () => {
    const folder = repository(FILES);
    writeFileSync(join(folder, 'README.md'), 'changed');
    writeFileSync(join(folder, 'new.md'), 'new');
    expect(textsOf(gitSource(folder, 'main'))).toEqual(FILES);
  });

  it('reads from a folder below the top, with paths relative to it', () => {
    const folder = repository(FILES);
    expect(gitSource(join(folder, 'prompts'), 'main').list()).toEqual(
      ['empty.prompt.yml', 'réponse.prompt.yml', 'triage.prompt.yml', 'two\nlines.prompt.yml'].sort(),
    );
    expect(textsOf(gitSource(join(folder, 'prompts'), 'main'))['réponse.prompt.yml']).toBe('name: Réponse\n');
  });

  it('takes tags, commits and what stands before them', () => {
    const folder = repository(FILES);
    git(folder, 'tag', '-a', 'prompts@1.0.0', '-m', 'one');
    writeFileSync(join(folder, 'README.md'), 'Changed\n');
    git(folder, 'commit', '-qam', 'Change');
    for (const ref of ['prompts@1.0.0', 'HEAD~1', git(folder, 'rev-parse', 'HEAD~1').trim()]) {
      expect(textsOf(gitSource(folder, ref))['README.md']).toBe('Prompts\n');
    }
  });

  it('follows links as the disk does, and enters no submodule', () => {
    const folder = repository({ 'inside/note.yml': 'note', 'large.yml': Buffer.alloc((4 << 20) + 1) });
    const outside = folderOf({ 'secret.yml': 'key' });
    const links = {
      'link.yml': 'inside/note.yml',
      'twice.yml': './link.yml',
      'inside/up.yml': '../large.yml',
      near: 'inside',
      'folder.prompt.yml': 'inside',
      'loop.yml': 'loop.yml',
      'gone.yml': 'nowhere',
      'out.yml': `../${outside.split('/').at(-1)}/secret.yml`,
      'root.yml': '/etc/hostname',
    };
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
    git(folder, 'add', '.');
    git(folder, 'update-index', '--add', '--cacheinfo', `160000,${git(folder, 'rev-parse', 'HEAD').trim()},module`);
    git(folder, 'commit', '-qm', 'Links');
    const asked = [...Object.keys(links), 'near/note.yml', 'near/gone.yml', 'inside/note.yml', 'nowhere'];
    const tell = (source: Source): string[] =>
      [...source.read(asked)].map(([path, content]) =>
        'bytes' in content
          ? `${path} -> ${content.realPath ?? 'itself'} ${content.bytes.length}`
          : `${path} ${content.trouble}: ${content.message}`,
      );
    const source = gitSource(folder, 'HEAD');
    expect(source.list()).not.toContain('module');
    expect(tell(source)).toEqual(tell(diskSource(folder)));
    expect(tell(source)).toEqual([
      'link.yml -> inside/note.yml 4',
      'twice.yml -> inside/note.yml 4',
      'inside/up.yml too-large: is over 4 MB, too large for a file of prompts',
      'near directory: is a folder, not a file',
      'folder.prompt.yml directory: is a folder, not a file',
      'loop.yml unreadable: is a link that leads back to itself',
      'gone.yml unreadable: is a link to a file that is not there',
      'out.yml outside-root: is a link that leaves the workspace',
      'root.yml outside-root: is a link that leaves the workspace',
      'near/note.yml -> inside/note.yml 4',
      'inside/note.yml -> itself 4',
    ]);
  });

  it.each(['nowhere', '--help', '-x', '', 'HEAD:README.md', 'a..b', '--output=stolen'])(
    'says that it can’t answer for `%s`',
    (ref) => {
      const folder = repository({ 'README.md': 'x' });
      expect(() => gitSource(folder, ref).list()).toThrow(
        expect.objectContaining({ name: 'PromptctlError', code: 'unreadable', hint: expect.any(String) as string }),
      );
      expect(diskSource(folder).list()).toEqual(['README.md']);
    },
  );

  it('says that a folder is in no repository', () => {
    expect(() => gitSource(folderOf({ a: '' }), 'main').list()).toThrow(
      expect.objectContaining({ code: 'unreadable', hint: 'run it inside a git repository' }),
    );
  });

  it('is empty where the commit has nothing in the folder', () => {
    const folder = repository({ 'README.md': 'x' });
    mkdirSync(join(folder, 'later'));
    expect(gitSource(join(folder, 'later'), 'HEAD').list()).toEqual([]);
  });
});
