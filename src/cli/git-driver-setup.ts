import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, repositoryOf, tryGit } from '../release/index.ts';
import { writeFileAtomic } from '../store/index.ts';
import type { Context } from './command.ts';
import { groundOf } from './comparison.ts';
import { EXIT } from './exit.ts';

/** Git stops at a driver that fails: where the packages are not installed the lines are shown as `diff` shows them. */
const COMMAND =
  'show() { npx --no-install promptctl diff --git-driver "$@" 2>/dev/null || diff -u --label "a/$1" --label "b/$1" "$2" "$5"; true; }; show';
const LINES = ['*.prompt.yml diff=promptctl', '*.prompt.yaml diff=promptctl'];

/** Names the driver in git's own configuration of a clone; false where there is no clone, or the driver has a command already. */
export function nameGitDriver(folder: string): boolean {
  if (tryGit(folder, ['rev-parse', '--is-inside-work-tree']).status !== 0) return false;
  if (tryGit(folder, ['config', 'diff.promptctl.command']).status === 0) return false;
  git(folder, ['config', '--local', 'diff.promptctl.command', COMMAND]);
  return true;
}

/** Sets the diff driver up in a clone: git's own configuration, and the lines of .gitattributes that are not there yet. */
export function setUpGitDriver(context: Context): number {
  const { folder } = groundOf(context);
  const repository = repositoryOf(folder);
  git(repository.folder, ['config', '--local', 'diff.promptctl.command', COMMAND]);
  const path = join(folder, '.gitattributes');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const missing = LINES.filter((line) => !before.split(/\r?\n/).includes(line));
  if (missing.length > 0) {
    const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
    writeFileAtomic(path, `${start}${missing.join('\n')}\n`);
  }
  const written = missing.length > 0 ? '.gitattributes has the prompt files; ' : '';
  context.terminal.out(`${written}git diff and \`git log -p --ext-diff\` speak of prompts in this clone.\n`);
  return EXIT.fine;
}
