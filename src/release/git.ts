import { spawnSync } from 'node:child_process';
import { PromptctlError } from '../model/index.ts';

export interface GitRun {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs git in a folder, in plain English and without taking locks, and gives what it said whatever its exit code. */
export function tryGit(folder: string, args: readonly string[], input?: string | Uint8Array): GitRun {
  // A hook's GIT_DIR is relative to the top, and would make this folder the top: git finds its own way from here.
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_PREFIX: _prefix, ...env } = process.env;
  const run = spawnSync('git', args, {
    cwd: folder,
    maxBuffer: 1 << 30,
    env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' },
    ...(input === undefined ? {} : { input }),
  });
  if (run.error && (run.error as NodeJS.ErrnoException).code === 'ENOENT') {
    throw new PromptctlError('unreadable', 'git is not installed, or the folder is gone', {
      hint: 'install git and try again',
      cause: run.error,
    });
  }
  return {
    status: run.status ?? 128,
    stdout: run.stdout ?? Buffer.alloc(0),
    stderr: run.stderr?.toString('utf8') ?? '',
  };
}

/** Runs git and gives its output. @throws PromptctlError `unreadable` with git's own words where it fails. */
export function git(folder: string, args: readonly string[], input?: string | Uint8Array): string {
  const { status, stdout, stderr } = tryGit(folder, args, input);
  if (status !== 0) throw gitError(`git ${args[0]} failed`, stderr);
  return stdout.toString('utf8');
}

/** What git said, as an error of ours with the way out that fits. */
export function gitError(what: string, stderr: string): PromptctlError {
  const said = firstLine(stderr);
  return new PromptctlError('unreadable', `${what}: ${said || 'git gave no reason'}`, { hint: hintFor(stderr) });
}

export function firstLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('hint:'));
  return (lines.find((line) => /^(?:fatal|error):/.test(line)) ?? lines[0] ?? '').replace(/^(?:fatal|error): /, '');
}

function hintFor(stderr: string): string {
  if (/not a git repository/i.test(stderr)) return 'run it inside a git repository, or begin one with `git init`';
  const unsafe = /git config --global --add safe\.directory \S+/.exec(stderr)?.[0];
  if (unsafe) return `if the folder is yours: \`${unsafe}\``;
  if (/Please tell me who you are|empty ident/i.test(stderr))
    return 'run `git config user.name "You"` and `git config user.email you@example.com`';
  return 'try the same with git by itself to see more';
}
