import { compareVersions, parseVersion, type Version } from '../diff/index.ts';
import { PromptctlError } from '../model/index.ts';
import { git } from './git.ts';
import type { Repository } from './repository.ts';
import { parseTrailers, type Trailers } from './trailers.ts';

/** How release tags are called: `release.tag` of the configuration, with `{version}` and, for independent versions, `{id}`. */
export interface TagNames {
  readonly template: string;
  readonly isIndependent: boolean;
  nameOf(version: string, id?: string): string;
  /** The version and the id in a tag's name; undefined where it is no release tag. */
  read(name: string): { readonly version: Version; readonly text: string; readonly id?: string } | undefined;
}

/** @throws PromptctlError `config` where the template names no version. */
export function tagNames(template: string): TagNames {
  if (template.split('{version}').length !== 2 || template.split('{id}').length > 2) {
    throw new PromptctlError(
      'config',
      `release.tag is \`${template}\`: it must hold {version} once, and {id} at most once`,
      {
        hint: 'write `tag: "prompts@{version}"`, or `tag: "{id}@{version}"` for independent versions',
      },
    );
  }
  const source = template
    .split(/(\{version\}|\{id\})/)
    .map((part) => (part === '{version}' ? '(?<version>[^/]+?)' : part === '{id}' ? '(?<id>.+?)' : escaped(part)))
    .join('');
  const pattern = new RegExp(`^${source}$`);
  return {
    template,
    isIndependent: template.includes('{id}'),
    nameOf: (version, id = '') => template.replace('{version}', () => version).replace('{id}', () => id),
    read: (name) => {
      const groups = pattern.exec(name)?.groups;
      const version = groups?.['version'] === undefined ? undefined : parseVersion(groups['version']);
      if (!version) return undefined;
      return { version, text: groups!['version']!, ...(groups!['id'] === undefined ? {} : { id: groups!['id'] }) };
    },
  };
}

/** A tag of a release. */
export interface ReleaseTag {
  readonly name: string;
  readonly version: Version;
  readonly text: string;
  readonly id?: string;
  readonly commit: string;
  /** The day it was made, as `2026-01-31`. */
  readonly date: string;
  /** True where HEAD descends from it. */
  readonly isReachable: boolean;
  readonly isSigned: boolean;
  readonly trailers: Trailers | undefined;
}

/** Every release tag of a repository, the lowest version first. Tags whose name holds no version are none. */
export function releaseTags(repository: Repository, names: TagNames): readonly ReleaseTag[] {
  // Git's patterns match no id with a slash in it, so with ids all tags are listed.
  const pattern = names.isIndependent ? 'refs/tags' : `refs/tags/${names.template.replace('{version}', '*')}`;
  const listed = git(repository.folder, [
    'for-each-ref',
    '--format=%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objectname)%00%(creatordate:short)%00%(contents)%00%00',
    pattern,
  ]);
  if (listed === '') return [];
  const merged = new Set(
    git(repository.folder, ['for-each-ref', '--merged=HEAD', '--format=%(refname:strip=2)', pattern]).split('\n'),
  );
  return listed
    .split('\0\0\n')
    .flatMap((entry): ReleaseTag[] => {
      const [name = '', type, object = '', target, date = '', message = ''] = entry.split('\0');
      const read = names.read(name);
      if (!read) return [];
      const isTag = type === 'tag';
      return [
        {
          name,
          ...read,
          commit: isTag ? (target ?? '') : object,
          date,
          isReachable: merged.has(name),
          isSigned: isTag && /^-----BEGIN (?:PGP|SSH) SIGNATURE-----/m.test(message),
          trailers: isTag ? parseTrailers(message) : undefined,
        },
      ];
    })
    .sort((a, b) => compareVersions(a.version, b.version));
}

/** The last release before HEAD: the highest reachable version that is no pre-release; in independent mode, of one id. */
export function lastRelease(tags: readonly ReleaseTag[], ids?: readonly string[]): ReleaseTag | undefined {
  return tags.findLast(
    ({ isReachable, version, id }) =>
      isReachable && version.pre.length === 0 && (ids === undefined || (id !== undefined && ids.includes(id))),
  );
}

/** @throws PromptctlError `config` where the tags are another workspace's: two in a repository need two names. */
export function refuseForeignTags(tags: readonly ReleaseTag[], workspace: string): void {
  const foreign = tags.find(({ trailers }) => trailers !== undefined && trailers.workspace !== workspace);
  if (!foreign) return;
  throw new PromptctlError(
    'config',
    `The tag ${foreign.name} is a release of the workspace ${foreign.trailers!.workspace}, not of ${workspace}`,
    {
      hint: 'give each workspace of a repository its own `release: { tag: ... }` in promptctl.yaml',
    },
  );
}

export function workspaceName({ prefix }: Repository): string {
  return prefix.replace(/\/$/, '') || '.';
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
