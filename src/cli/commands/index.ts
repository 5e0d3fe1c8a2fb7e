import type { Command } from '../command.ts';

/** One line a command: its name, what it does, and where it is. Nothing of a command is loaded before it is asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  load(): Promise<{ readonly command: Command }>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'begin: sample prompts with tests, an app, editor and CI files',
    load: () => import('./init.ts'),
  },
  { name: 'new', summary: 'scaffold one prompt', load: () => import('./new.ts') },
  { name: 'lint', summary: 'find what is wrong, with positions and fixes', load: () => import('./lint.ts') },
  { name: 'fmt', summary: 'one layout: keys in order, comments and texts as they are', load: () => import('./fmt.ts') },
  {
    name: 'tokens',
    aliases: ['token-count'],
    summary: 'count tokens, worst case, cost and budget of each prompt',
    load: () => import('./tokens.ts'),
  },
  { name: 'render', summary: 'show what the model gets', load: () => import('./render.ts') },
  {
    name: 'compile',
    aliases: ['build'],
    summary: 'write the JSON bundle and its types',
    load: () => import('./compile.ts'),
  },
  { name: 'eval', summary: 'run the tests, score the answers, gate', load: () => import('./eval.ts') },
  { name: 'merge', summary: 'put the shards of an eval together', load: () => import('./merge.ts') },
  { name: 'view', summary: 'show a run again, in any format', load: () => import('./view.ts') },
  { name: 'calibrate', summary: 'how far a judge agrees with people', load: () => import('./calibrate.ts') },
  {
    name: 'diff',
    summary: 'what changed, and what that asks of the versions',
    load: () => import('./diff.ts'),
  },
  {
    name: 'check',
    summary: 'what CI runs on a pull request: one report, one exit code',
    load: () => import('./check.ts'),
  },
  {
    name: 'bump',
    summary: 'write the versions that the changes ask for',
    load: () => import('./bump.ts'),
  },
  { name: 'release', summary: 'tag HEAD with its version and digests', load: () => import('./release.ts') },
  { name: 'verify', summary: 'build a release again and compare digests', load: () => import('./verify.ts') },
  {
    name: 'changelog',
    summary: 'what releases changed, from the prompts themselves',
    load: () => import('./changelog.ts'),
  },
  { name: 'log', summary: 'the versions of one prompt, and what changed in each', load: () => import('./log.ts') },
  { name: 'rules', summary: 'list the lint rules', load: () => import('./rules.ts') },
  { name: 'explain', summary: 'explain a lint rule or a kind of change', load: () => import('./explain.ts') },
  { name: 'schema', summary: 'print the JSON Schema of a file kind', load: () => import('./schema.ts') },
  { name: 'doctor', summary: 'what is found here, and what is missing', load: () => import('./doctor.ts') },
  {
    name: 'completion',
    summary: 'print the completion script of a shell',
    load: async () => ({ command: (await import('./completion.ts')).completionOf(commands) }),
  },
];
