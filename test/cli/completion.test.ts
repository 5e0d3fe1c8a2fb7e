import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { runCli } from '../support/cli.ts';
import { folderOf } from '../support/folder.ts';

const cwd = folderOf({ 'tone.partial.md': 'Be kind.' });
const scripts = new Map(['bash', 'zsh', 'fish'].map((shell) => [shell, runCli(['completion', shell], { cwd }).stdout]));

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  const line = `COMP_WORDS=(promptctl ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _promptctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync('bash', ['--norc', '-c', `${scripts.get('bash')}\n${line}`], { cwd });
  expect(run.stderr.toString()).toBe('');
  return run.stdout.toString().split('\n').filter(Boolean);
}

describe('completion in bash', () => {
  it('offers commands, aliases too', () => {
    expect(offered('li')).toEqual(['lint']);
    expect(offered('token')).toEqual(['tokens', 'token-count']);
    expect(offered('')).toEqual(commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
  });

  it('offers the options of the command that is being written, behind options of all', () => {
    expect(offered('lint', '--fi')).toEqual(['--fix', '--fix-unsafe']);
    expect(offered('-C', 'lint', 'fmt', '--ch')).toEqual(['--check']);
    expect(offered('lint', '--check')).toEqual([]);
  });

  it('offers the words that an option takes, and files elsewhere', () => {
    expect(offered('lint', '--format', 'g')).toEqual(['github', 'gitlab']);
    expect(offered('lint', '--color', '')).toEqual(['auto', 'always', 'never']);
    expect(offered('lint', 'to')).toEqual(['tone.partial.md']);
  });

  it('knows every option that the help shows', () => {
    const help = runCli(['lint', '--help'], { cwd }).stdout;
    const shown = [...help.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map((found) => found[1]!);
    expect(shown.length).toBeGreaterThan(15);
    expect(offered('lint', '--')).toEqual(expect.arrayContaining(shown));
  });
});

describe('completion scripts', () => {
  it.each(['bash', 'zsh', 'fish'])('of %s speak of every command', (shell) => {
    for (const { name } of commands) expect(scripts.get(shell)).toContain(name);
  });

  it('close every quote that they open', () => {
    // In POSIX shells and in fish alike, a quote inside single quotes is written '\''.
    for (const script of scripts.values())
      for (const line of script.split('\n')) expect((line.replaceAll("\\'", '').match(/'/g) ?? []).length % 2).toBe(0);
  });

  it('are for the shells that there are', () => {
    expect(runCli(['completion', 'tcsh'], { cwd })).toEqual({
      status: 2,
      stdout: '',
      stderr: 'promptctl: There is no completion for `tcsh`\n  write bash, zsh, fish\n',
    });
  });
});
