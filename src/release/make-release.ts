import { parseVersion } from '../diff/index.ts';
import { PromptctlError } from '../model/index.ts';
import type { BundleJson } from '../runtime/index.ts';
import { firstLine, git, gitError, tryGit } from './git.ts';
import { trailersOf } from './content.ts';
import type { ReleaseHistory } from './required.ts';
import { workspaceName } from './tags.ts';
import { type Trailers, trailersText } from './trailers.ts';

/** A tag to make, or one that stands already with the same content. */
export interface PlannedTag {
  readonly name: string;
  readonly version: string;
  readonly id?: string;
  readonly trailers: Trailers;
  readonly state: 'new' | 'released';
}

/** @throws PromptctlError `unreadable` where files differ from HEAD: a tag names a commit, not a working tree. */
export function refuseDirtyTree({ repository }: ReleaseHistory, isOurs: (path: string) => boolean): void {
  const listed = git(repository.folder, ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames']);
  const dirty = listed
    .split('\0')
    .filter((entry) => entry !== '')
    .filter((entry) => {
      const path = entry.slice(3);
      if (!entry.startsWith('??')) return true;
      return path.startsWith(repository.prefix) && isOurs(path.slice(repository.prefix.length));
    })
    .map((entry) => entry.slice(3));
  if (dirty.length === 0) return;
  const more = dirty.length > 5 ? ` and ${dirty.length - 5} more` : '';
  throw new PromptctlError('unreadable', `The tree is dirty: ${dirty.slice(0, 5).join(', ')}${more}`, {
    hint: 'commit the changes (or `git stash` them) and release again',
  });
}

/**
 * The tags that a bundle's release takes. A version is released once: the same tag with the same content is there already.
 *
 * @throws PromptctlError `refused` where a version was released before with other content
 */
export function planRelease(
  history: ReleaseHistory,
  bundle: BundleJson,
  version: string | undefined,
): readonly PlannedTag[] {
  const workspace = workspaceName(history.repository);
  refuseReusedVersions(history, bundle);
  if (!history.names.isIndependent) {
    if (version === undefined || !parseVersion(version)) {
      throw new PromptctlError(
        'refused',
        version === undefined
          ? 'promptctl.yaml has no version to release'
          : `promptctl.yaml has the version ${version}, which is no semantic version`,
        {
          hint: 'write `version: 1.0.0` there',
        },
      );
    }
    return [planTag(history, { version, trailers: trailersOf(bundle, workspace) })];
  }
  return Object.values(bundle.prompts).flatMap(({ id, version: own }) =>
    own === undefined ? [] : [planTag(history, { id, version: own, trailers: trailersOf(bundle, workspace, id) })],
  );
}

function planTag(history: ReleaseHistory, about: { version: string; id?: string; trailers: Trailers }): PlannedTag {
  const name = history.names.nameOf(about.version, about.id);
  const found = history.tags.find((tag) => tag.name === name);
  if (!found) return { ...about, name, state: 'new' };
  if (found.trailers?.digest === about.trailers.digest) return { ...about, name, state: 'released' };
  throw new PromptctlError(
    'refused',
    `The tag ${name} exists and has ${found.trailers ? 'another digest' : 'no digest: it is no release'}`,
    {
      hint: 'a version is released once: run `promptctl bump`, commit, and release that',
    },
  );
}

function refuseReusedVersions({ tags }: ReleaseHistory, bundle: BundleJson): void {
  const reused = Object.values(bundle.prompts).flatMap(({ id, version, contentDigest }) => {
    const other = tags.find(({ trailers }) =>
      trailers?.prompts.some(
        (prompt) =>
          prompt.id === id &&
          prompt.version === version &&
          prompt.version !== undefined &&
          prompt.digest !== contentDigest,
      ),
    );
    return other ? [`${other.name} released \`${id}\` ${version} with other content`] : [];
  });
  if (reused.length === 0) return;
  throw new PromptctlError('refused', reused.join('\n'), { hint: 'run `promptctl bump` and commit what it writes' });
}

export interface TagOptions {
  /** Left out, git does as its own `tag.gpgSign` says. */
  readonly sign?: boolean;
  readonly push: boolean;
}

/** Makes the new tags, all or none. @throws PromptctlError `unreadable` where git refuses: no key, no identity, no remote. */
export function makeTags({ repository }: ReleaseHistory, tags: readonly PlannedTag[], options: TagOptions): void {
  const { folder } = repository;
  const made: string[] = [];
  const undo = (): void => {
    if (made.length > 0) tryGit(folder, ['tag', '-d', ...made]);
  };
  for (const tag of tags.filter(({ state }) => state === 'new')) {
    const signing = options.sign === undefined ? [] : [options.sign ? '--sign' : '--no-sign'];
    const run = tryGit(
      folder,
      ['tag', '--annotate', ...signing, '--cleanup=verbatim', '-F', '-', tag.name, 'HEAD'],
      tagMessage(tag),
    );
    if (run.status === 0) made.push(tag.name);
    // Git 2.39 makes an unsigned tag, and says it went well, where ssh-keygen finds no key.
    if (run.status === 0 && (!options.sign || isSigned(folder, tag.name))) continue;
    undo();
    throw (
      signingError(run.stderr, options.sign === true) ?? gitError(`The tag ${tag.name} could not be made`, run.stderr)
    );
  }
  if (!options.push) return;
  const names = tags.map(({ name }) => `refs/tags/${name}`);
  const run = tryGit(folder, ['push', 'origin', ...names]);
  if (run.status !== 0) {
    throw new PromptctlError('unreadable', `The tag stands here, but could not be pushed: ${firstLine(run.stderr)}`, {
      hint: `push it with \`git push origin ${names.join(' ')}\``,
    });
  }
}

function isSigned(folder: string, name: string): boolean {
  return /^-----BEGIN (?:PGP|SSH) SIGNATURE-----/m.test(git(folder, ['cat-file', 'tag', name]));
}

function signingError(stderr: string, isAsked: boolean): PromptctlError | undefined {
  if (!(isAsked || /sign/i.test(stderr)) || /tell me who you are|empty ident|valid tag name/i.test(stderr))
    return undefined;
  return new PromptctlError('unreadable', `The tag could not be signed: ${firstLine(stderr) || 'git has no key'}`, {
    hint: 'set a key with `git config gpg.format ssh` and `git config user.signingkey ~/.ssh/id_ed25519.pub`, or release with --unsigned',
  });
}

function tagMessage({ name, version, id, trailers }: PlannedTag): string {
  const what = id ?? (trailers.prompts.length === 1 ? '1 prompt' : `${trailers.prompts.length} prompts`);
  return `${name}\n\n${id === undefined ? `${what}, bundle ${version}` : `${what} ${version}`}\n\n${trailersText(trailers)}\n`;
}
