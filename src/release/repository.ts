import { PromptctlError } from '../model/index.ts';
import { git, gitError, tryGit } from './git.ts';

/** Where a workspace stands in its repository. */
export interface Repository {
  /** The workspace's folder, which git is run in. */
  readonly folder: string;
  /** The folder's path inside the repository, with a final slash; '' at the top. */
  readonly prefix: string;
  readonly isShallow: boolean;
}

/** @throws PromptctlError `unreadable` in a bare repository, which has no files to compare. */
export function refuseBare(folder: string): void {
  const { stdout } = tryGit(folder, ['rev-parse', '--is-bare-repository']);
  if (stdout.toString('utf8').trim() !== 'true') return;
  throw new PromptctlError('unreadable', 'This is a bare repository: there is no working tree to compare', {
    hint: 'run `git worktree add ../work` and work there',
  });
}

/** @throws PromptctlError `unreadable` outside a repository, and in a bare one. */
export function repositoryOf(folder: string): Repository {
  const run = tryGit(folder, ['rev-parse', '--is-bare-repository', '--is-shallow-repository', '--show-prefix']);
  if (run.status !== 0) throw gitError("git can't answer here", run.stderr);
  const [isBare, isShallow, prefix = ''] = run.stdout.toString('utf8').split('\n');
  if (isBare === 'true') refuseBare(folder);
  return { folder, prefix, isShallow: isShallow === 'true' };
}

/** The commit that a ref names; undefined where there is none. */
export function commitOf({ folder }: Repository, ref: string): string | undefined {
  const { status, stdout } = tryGit(folder, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  return status === 0 ? stdout.toString('utf8').trim() : undefined;
}

/** @throws PromptctlError `unreadable` on a branch without a commit, with another way out where there is one. */
export function headCommit(repository: Repository, otherwise = ''): string {
  const head = commitOf(repository, 'HEAD');
  if (head !== undefined) return head;
  throw new PromptctlError('unreadable', 'This branch has no commit yet', {
    hint: `make the first one with \`git add . && git commit\`${otherwise}`,
  });
}

const OTHER_SIDES = ', or name a folder or a bundle with --against';

/** How to get a ref that is not here. Only what can be a name is put into a command. */
export function refHint(repository: Repository | undefined, ref: string): string {
  if (repository?.isShallow) return 'this clone is shallow: `git fetch --unshallow --tags`';
  return /^(?!.*\.\.)\w[\w./@-]*$/.test(ref)
    ? `\`git fetch origin ${ref}\` brings what is missing`
    : '`git branch -a` and `git tag` show the names';
}

/**
 * The branch that work goes to: `release.branch`, what origin/HEAD names, main, master, trunk. Where the remote has it, its
 * remote-tracking ref is meant: a local one may be stale.
 */
function defaultBranch(repository: Repository, configured: string | undefined): string | undefined {
  const named = [configured, 'main', 'master', 'trunk'].filter((name) => name !== undefined);
  const patterns = named.flatMap((name) => [`refs/heads/${name}`, `refs/remotes/origin/${name}`]);
  const listed = git(repository.folder, [
    'for-each-ref',
    '--format=%(refname) %(symref)',
    'refs/remotes/origin/HEAD',
    ...patterns,
  ]);
  const refs = new Map(
    listed.split('\n').map((line): [string, string] => {
      const [ref = '', target = ''] = line.split(' ');
      return [ref, target];
    }),
  );
  const head = refs.get('refs/remotes/origin/HEAD')?.replace('refs/remotes/origin/', '');
  const candidates = configured === undefined ? [head, ...named] : [configured, head, ...named];
  for (const name of candidates) {
    if (name === undefined || name === '') continue;
    if (name === head || refs.has(`refs/remotes/origin/${name}`)) return `origin/${name}`;
    if (refs.has(`refs/heads/${name}`)) return name;
  }
  return undefined;
}

/** A commit to compare with, and what people call it. */
export interface Base {
  readonly commit: string;
  readonly label: string;
}

/**
 * Where this work left the default branch.
 *
 * @throws PromptctlError `unreadable` where there is no such branch, no commit yet, or history that a shallow clone lacks
 */
export function mergeBase(repository: Repository, configured: string | undefined): Base {
  const branch = defaultBranch(repository, configured);
  if (branch === undefined) {
    headCommit(repository, OTHER_SIDES);
    const name = configured ?? 'main';
    throw new PromptctlError(
      'unreadable',
      `There is no default branch: neither ${configured === undefined ? '' : `release.branch (${configured}), `}origin/HEAD, main, master nor trunk`,
      {
        hint: repository.isShallow
          ? `fetch it with \`git fetch --unshallow origin ${name}:refs/remotes/origin/${name}\``
          : `fetch it with \`git fetch origin ${name}\`, set \`release: { branch: ... }\` in promptctl.yaml, or name a ref with --against`,
      },
    );
  }
  const run = tryGit(repository.folder, ['merge-base', 'HEAD', branch]);
  if (run.status === 0) return { commit: run.stdout.toString('utf8').trim(), label: branch };
  headCommit(repository, OTHER_SIDES);
  if (repository.isShallow) throw shallowError(`the commit where this branch left ${branch}`);
  throw new PromptctlError('unreadable', `This branch and ${branch} have no commit in common`, {
    hint: 'name the ref to compare with: --against <ref>',
  });
}

export function shallowError(missing: string): PromptctlError {
  return new PromptctlError('unreadable', `This clone is shallow: ${missing} is not in it`, {
    hint: 'run `git fetch --unshallow` (with actions/checkout: `fetch-depth: 0`)',
  });
}
