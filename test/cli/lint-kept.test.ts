import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CliRun, runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const PROMPTS = 60;

const prompt = (text: string): string =>
  `promptctl: 1\nname: Desk\ndescription: Answers\nversion: 1.0.0\nmodel: openai/gpt-4o-mini\nmessages:\n  - role: user\n    content: "${text}"\n`;

function workspace(): { folder: string; cache: string; lint(...flags: string[]): CliRun } {
  const folder = folderOf({
    'promptctl.yaml': 'prompts: ["prompts/*.prompt.yml"]\n',
    'prompts/tone.partial.md': 'Be kind.\n',
    ...Object.fromEntries(
      Array.from({ length: PROMPTS }, (_, at) => [`prompts/p${at}.prompt.yml`, prompt(`Question ${at} {{> tone}}`)]),
    ),
  });
  const cache = folderOf();
  return {
    folder,
    cache,
    lint: (...flags) => runCli(['lint', '--json', ...flags], { cwd: folder, env: { XDG_CACHE_HOME: cache } }),
  };
}

it('a second run of lint says what one without kept findings says, after every kind of edit', () => {
  const { folder, cache, lint } = workspace();
  const edit = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  const edits: readonly (() => void)[] = [
    () => {},
    () => edit('prompts/p7.prompt.yml', prompt('Question {{seven}}')),
    () => edit('prompts/tone.partial.md', 'Be kind, {{name}}.\n'),
    () => edit('prompts/new.prompt.yml', 'a: ['),
    () => rmSync(join(folder, 'prompts/p7.prompt.yml')),
    () => edit('promptctl.yaml', 'prompts: ["prompts/*.prompt.yml"]\nextends: all\n'),
  ];
  expect(lint().status).toBe(0);
  expect(readdirSync(join(cache, 'promptctl/lint'))).toHaveLength(1);
  for (const change of edits) {
    change();
    const kept = lint();
    expect(kept).toEqual(lint('--no-cache'));
  }
});

it('findings are kept outside of the workspace, where no branch can bring its own', () => {
  const { folder, cache, lint } = workspace();
  lint();
  const [name] = readdirSync(join(cache, 'promptctl/lint'));
  const kept = readFileSync(join(cache, 'promptctl/lint', name!), 'utf8');
  expect(readdirSync(folder).sort()).toEqual(['promptctl.yaml', 'prompts']);
  // A forged file says of every prompt, the broken one too, that all is well.
  mkdirSync(join(folder, '.promptctl/lint'), { recursive: true });
  writeFileSync(join(folder, '.promptctl/lint', name!), kept);
  writeFileSync(join(folder, 'prompts/p1.prompt.yml'), 'a: [');
  expect(lint().status).toBe(1);
});

it('a cache folder that can not be written costs only time', () => {
  const { folder } = workspace();
  const file = join(folderOf({ file: '' }), 'file');
  const run = runCli(['lint', '--json'], { cwd: folder, env: { XDG_CACHE_HOME: file } });
  expect(run.status).toBe(0);
  expect(run.stderr).toBe('');
});
