import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const FILES = {
  'old/desk/triage.prompt':
    '---\nmodel: openai/gpt-4o-mini\n---\n{{role "system"}}Sort for {{team}}.\n{{role "user"}}{{ticket}}',
  'old/shout.prompt': 'Look: {{shout photo}}',
  'old/sum.prompt.yml': 'model: openai/gpt-4o-mini\nmessages:\n  - { role: user, content: "{{input}}" }\n',
};

it('converts a folder, says what needs a look, and what it could not take', () => {
  const cwd = folderOf(FILES);
  const run = runCli(['init', '--from', 'old'], { cwd });
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe(`prompts/desk/triage.prompt.yml  written, from old/desk/triage.prompt
  trusted   old/desk/triage.prompt:4:27  \`team\` stands in the system message, so it is declared \`trust: trusted\`: make sure that no user writes it, or move it to a user message
prompts/sum.prompt.yml  written, from old/sum.prompt.yml
promptctl.yaml  written

Not converted:
  old/shout.prompt:1:7  \`shout\` is no helper of dotprompt: the application's code would have to define it

2 prompts converted, 1 not. The originals are as they were.

Next:
  promptctl lint
  promptctl tokens
`);
  expect(run.status).toBe(1);
  for (const [path, text] of Object.entries(FILES)) expect(readFileSync(join(cwd, path), 'utf8')).toBe(text);
  expect(runCli(['lint', '--max-warnings', '0'], { cwd }).status).toBe(0);
});

it('writes over nothing: not over a prompt that stands there, nor through a link', () => {
  const cwd = folderOf({ ...FILES, 'prompts/sum.prompt.yml': 'mine' });
  mkdirSync(join(cwd, 'prompts/desk'));
  symlinkSync(join(cwd, 'outside.yml'), join(cwd, 'prompts/desk/triage.prompt.yml'));
  const run = runCli(['init', '--from', 'old', '--json'], { cwd });
  expect(run.status).toBe(1);
  const { summary, files } = JSON.parse(run.stdout) as { summary: object; files: { path: string; state: string }[] };
  expect(summary).toEqual({ converted: 2, written: 0, kept: 2, refused: 1 });
  expect(files.map(({ path, state }) => `${path} ${state}`)).toEqual([
    'prompts/desk/triage.prompt.yml kept',
    'prompts/sum.prompt.yml kept',
  ]);
  expect(readFileSync(join(cwd, 'prompts/sum.prompt.yml'), 'utf8')).toBe('mine');
  expect(existsSync(join(cwd, 'outside.yml'))).toBe(false);
});

it('a second run finds its own work, and a dry run writes none', () => {
  const cwd = folderOf({ 'old/sum.prompt.yml': FILES['old/sum.prompt.yml'] });
  expect(runCli(['init', '--from', 'old', '--dry-run'], { cwd }).stdout).toContain('would be written');
  expect(existsSync(join(cwd, 'prompts'))).toBe(false);
  expect(existsSync(join(cwd, 'promptctl.yaml'))).toBe(false);
  expect(runCli(['init', '--from', 'old'], { cwd }).status).toBe(0);
  const again = runCli(['init', '--from', 'old'], { cwd });
  expect(again.stdout).toContain('there already');
  expect(again.status).toBe(0);
});

it('puts prompts where the configuration that is there has them', () => {
  const cwd = folderOf({
    'old/sum.prompt.yml': FILES['old/sum.prompt.yml'],
    'promptctl.yaml': 'prompts: ["src/ai/**/*.prompt.yml"]\nroot: src/ai\n',
  });
  expect(runCli(['init', '--from', 'old'], { cwd }).status).toBe(0);
  expect(existsSync(join(cwd, 'src/ai/sum.prompt.yml'))).toBe(true);
});

it.each([
  [['init', '--from', 'nowhere'], 'nowhere is no folder'],
  [['init', '--from', 'empty'], 'There is no prompt of another tool in empty'],
  [['init', '--dry-run'], '--dry-run goes with --from'],
])('%j is wrong use', (args, message) => {
  const cwd = folderOf();
  mkdirSync(join(cwd, 'empty'));
  writeFileSync(join(cwd, 'empty/readme.md'), 'Hello');
  const run = runCli(args, { cwd });
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(message);
});
