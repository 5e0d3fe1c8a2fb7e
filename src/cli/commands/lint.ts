import type { Command, Context } from '../command.ts';
import { usage } from '../exit.ts';
import { LINT_FORMATS } from '../lint/formats.ts';
import { runLint } from '../lint/run.ts';

export const command: Command = {
  arguments: [{ name: '[paths...]', description: 'prompt files, folders or ids; all prompts by default' }],
  formats: LINT_FORMATS,
  options: [
    { flags: '--fix', description: 'repair what can be repaired without changing what a prompt means' },
    { flags: '--fix-unsafe', description: 'repair also what may change what a prompt means' },
    { flags: '--diff', description: 'with a fix: show the changes, write nothing' },
    { flags: '--max-warnings <n>', description: 'fail when there are more warnings' },
    { flags: '--since <ref>', description: 'only what changed since this branch left a ref, and what includes it' },
    { flags: '--staged', description: "only what is staged, as the commit would hold it: git's index, not the files" },
    { flags: '--stdin', description: 'read one prompt from standard input' },
    { flags: '--stdin-filename <path>', description: 'the path that the input is checked as' },
    {
      flags: '--suppressions <file>',
      description: 'a file of findings to keep quiet; .promptctl-suppressions.json by default, where it is there',
    },
    { flags: '--update-suppressions', description: 'write that file: quiet what is found now, drop what is mended' },
    { flags: '--no-cache', description: 'read every prompt again, also those that did not change since the last run' },
    { flags: '--watch', description: 'check again whenever a file changes' },
    { flags: '--allow-empty', description: 'no prompt is no failure' },
  ],
  examples: [
    { command: 'promptctl lint', description: 'check every prompt' },
    {
      command: 'promptctl lint prompts/support --fix',
      description: 'check a folder and repair what is safe to repair',
    },
    { command: 'promptctl lint --staged', description: 'in a pre-commit hook: what is about to be committed' },
    { command: 'promptctl lint --since main --format github', description: 'in CI: what this branch changed' },
    { command: 'promptctl lint --update-suppressions', description: 'begin with a clean slate in an old repository' },
    { command: 'promptctl lint --json > lint.json', description: 'for other programs' },
  ],
  run: async (context) => {
    const limit = warningLimit(context);
    refuseMixtures(context);
    if (!context.options.flag('watch')) return (await runLint(context, limit)).exitCode;
    const { watchLint } = await import('../lint/watch.ts');
    return watchLint(context, () => runLint(context, limit));
  },
};

function warningLimit(context: Context): number {
  const limit = context.options.text('maxWarnings');
  if (limit !== undefined && !/^\d+$/.test(limit)) throw usage(`--max-warnings takes a whole number, not ${limit}`);
  return limit === undefined ? Infinity : Number(limit);
}

/** Each pair that has no meaning together, and the way out. */
const MIXTURES: readonly (readonly [a: string, b: string, why: string])[] = [
  ['since', 'staged', 'one names a ref, the other the index: give one of them'],
  ['since', 'stdin', 'standard input has no history'],
  ['staged', 'stdin', 'standard input is not in the index'],
  ['staged', 'fix', 'a fix goes to the files, and the index stays as it is: fix, `git add`, then lint --staged'],
  ['staged', 'fixUnsafe', 'a fix goes to the files, and the index stays as it is: fix, `git add`, then lint --staged'],
  ['staged', 'updateSuppressions', 'the file is written from what the files hold: leave --staged out'],
  ['stdin', 'updateSuppressions', 'the file is written from what the files hold: leave --stdin out'],
  ['diff', 'updateSuppressions', '--diff writes nothing: leave one of them out'],
  ['watch', 'stdin', 'standard input does not change'],
  ['watch', 'diff', '--diff shows one change: leave --watch out'],
  ['watch', 'updateSuppressions', 'every mistake would be quieted as it is made: leave --watch out'],
];

function refuseMixtures({ options }: Context): void {
  const wantsFix = options.flag('fix') || options.flag('fixUnsafe');
  if (options.flag('diff') && !wantsFix)
    throw usage('--diff shows what a fix would change', 'add --fix or --fix-unsafe');
  if (options.flag('stdin') && wantsFix && !options.flag('diff'))
    throw usage('A fix of standard input has no file to go to', 'add --diff to see it');
  for (const [a, b, why] of MIXTURES)
    if (options.has(a) && options.has(b)) throw usage(`${flag(a)} and ${flag(b)} do not go together`, why);
}

function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
